import { EventStoreDBClient } from '@eventstore/db-client';
import { AppendCall } from './append-call.ts';
import { within } from './deadline.ts';
import { Slots } from './slots.ts';

/** Appends that may be on their way at once; more of them would only wait at the server instead of here. */
const appendsAtOnce = 64;

/** The client of this process for one URL, and what must be shared by all who use it. */
export interface Connection {
  readonly client: EventStoreDBClient;
  readonly appends: AppendCall;
  /** For appends on their way. */
  readonly places: Slots;
}

interface Shared extends Connection {
  users: number;
}

/** Longest wait for the calls under way to end, in milliseconds. */
const disposeMs = 2_000;

const shared = new Map<string, Shared>();

/** The client knows `esdb` alone. */
const clientUrl = (url: string): string =>
  url.trim().replace(/^(?:kurrentdb|kurrent|kdb)(\+discover)?:\/\//, 'esdb$1://');

/** One client per URL: one connection for the whole process. Give each one back with {@link release}. */
export const acquire = (url: string): Connection => {
  let connection = shared.get(url);
  if (!connection) {
    const client = EventStoreDBClient.connectionString(clientUrl(url));
    connection = { client, appends: new AppendCall(client), places: new Slots(appendsAtOnce), users: 0 };
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
