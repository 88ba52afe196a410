import { EventStoreDBClient } from '@eventstore/db-client';
import { within } from './deadline.ts';
import { Slots } from './slots.ts';

/**
 * Appends that may be on their way at once. The client queues what a gRPC stream (16 messages deep) does not take at
 * once, and when that stream breaks, each queued append is a rejection that nobody can catch: it ends the process. So
 * that queue must never fill.
 */
const appendsAtOnce = 15;

/** The client of this process for one URL, and what must be shared by all who use it. */
export interface Connection {
  readonly client: EventStoreDBClient;
  readonly appends: Slots;
}

interface Shared extends Connection {
  users: number;
}

/** Longest wait for the calls under way to end, in milliseconds. */
const disposeMs = 2_000;

const shared = new Map<string, Shared>();

/**
 * The client knows `esdb` alone. Throwing on a failed append is forced: without it the revision in the answer is wrong.
 */
const clientUrl = (url: string): string => {
  const bare = url.trim().replace(/\/+$/, '');
  const known = bare.replace(/^(?:kurrentdb|kurrent|kdb)(\+discover)?:\/\//, 'esdb$1://');
  return `${known}${known.includes('?') ? '&' : '?'}throwOnAppendFailure=true`;
};

/**
 * One client per URL: the client keeps the pending appends of the whole process in one table, so that several clients
 * for one store fail each other's appends. Give each one back with {@link release}.
 */
export const acquire = (url: string): Connection => {
  let connection = shared.get(url);
  if (!connection) {
    connection = {
      client: EventStoreDBClient.connectionString(clientUrl(url)),
      appends: new Slots(appendsAtOnce),
      users: 0,
    };
    shared.set(url, connection);
  }
  connection.users += 1;
  return connection;
};

/** The last user ends the calls under way and closes the connection. */
export const release = async (url: string): Promise<void> => {
  const connection = shared.get(url);
  if (!connection) return;
  connection.users -= 1;
  if (connection.users > 0) return;
  shared.delete(url);
  await within(disposeMs, connection.client.dispose()).catch(() => undefined);
  // The client has no way to end its connection; an open one would keep the server from stopping.
  const channel = await connection.client['getChannel']().catch(() => undefined);
  channel?.close();
};
