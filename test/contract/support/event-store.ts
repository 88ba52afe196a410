import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { startEmbedded, type EmbeddedServer } from './embedded-server.ts';

/** The server under contract, as the specs of one file see it. */
export interface EventStoreUnderContract {
  readonly client: EventStoreDBClient;
  /** With what the name of every stream of this file begins, and of no other. */
  readonly prefix: string;
  /** A name that no stream has had, also in earlier runs on the same server. */
  stream(label: string): string;
  /** A connection that can be lost without losing the first. */
  connect(): EventStoreDBClient;
  disconnect(client: EventStoreDBClient): Promise<void>;
}

/** This client knows one scheme alone. */
const clientUrl = (url: string): string => url.trim().replace(/^(?:kurrentdb|kurrent|kdb)(\+discover)?:/, 'esdb$1:');

/** Ends the connection itself too, which the client leaves open. */
const disconnect = async (client: EventStoreDBClient): Promise<void> => {
  await client.dispose();
  (await client['getChannel']()).close();
};

/** The server at `EVENTSTORE_URL`, or an embedded one where that is not set, for the specs of one file. */
export const useEventStore = (): EventStoreUnderContract => {
  const prefix = `contract-${randomUUID()}-`;
  let url = process.env['EVENTSTORE_URL'] ?? '';
  let server: EmbeddedServer | undefined;
  let client: EventStoreDBClient;
  let streams = 0;
  const connect = () => EventStoreDBClient.connectionString(clientUrl(url));

  beforeAll(async () => {
    if (!url) {
      server = await startEmbedded('eventstore');
      url = `esdb://127.0.0.1:${server.port}?tls=false`;
    }
    client = connect();
  });
  afterAll(async () => {
    try {
      await disconnect(client);
    } finally {
      await server?.close();
    }
  });

  return {
    prefix,
    get client() {
      return client;
    },
    stream: (label) => `${prefix}${label}-${streams++}`,
    connect,
    disconnect,
  };
};
