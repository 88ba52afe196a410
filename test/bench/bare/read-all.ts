/** Reads the whole log with the official client, in a process as new as a worker that rebuilds. Arguments: URL, events expected. */
import { EventStoreDBClient } from '@eventstore/db-client';

const [url = '', expected] = process.argv.slice(2);
const client = EventStoreDBClient.connectionString(url);
// Connecting is not measured: ours is connected, too.
await client.getStreamMetadata('bench');
let count = 0;
const started = performance.now();
for await (const { event } of client.readAll()) if (event?.streamId.startsWith('deal-')) count += 1;
const seconds = (performance.now() - started) / 1_000;
await client.dispose();
if (count !== Number(expected)) throw new Error(`read ${count} of ${expected}`);
console.log(seconds);
