/**
 * Appends streams with the official client, in a process as new as the product that imports them. Arguments: URL, a file with
 * the streams, how many appends are in flight.
 */
import { EventStoreDBClient, jsonEvent, NO_STREAM, type JSONEventData } from '@eventstore/db-client';
import { readFileSync } from 'node:fs';

export interface BareStream {
  readonly stream: string;
  readonly events: readonly Pick<JSONEventData, 'type' | 'data' | 'metadata'>[];
}

const [url = '', file = '', inFlight] = process.argv.slice(2);
const streams = (JSON.parse(readFileSync(file, 'utf8')) as BareStream[]).map(({ stream, events }) => ({
  stream,
  events: events.map((event) => jsonEvent(event)),
}));
const client = EventStoreDBClient.connectionString(url);
// Connecting is not measured: ours is connected, too.
await client.getStreamMetadata('bench');
const queue = streams.values();
const loop = async () => {
  for (const { stream, events } of queue) await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
};
const started = performance.now();
await Promise.all(Array.from({ length: Number(inFlight) }, loop));
const seconds = (performance.now() - started) / 1_000;
await client.dispose();
console.log(seconds);
