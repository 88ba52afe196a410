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

/**
 * So many bytes of a log that is read may be on their way or wait here: what a busy reader goes on with. By itself HTTP/2
 * stops a server at 64 KiB until the reader has time to say that it has taken them.
 */
const windowBytes = 2 ** 20;

interface Shared extends Connection {
  users: number;
}

/** Longest wait for the calls under way to end, in milliseconds. */
const disposeMs = 2_000;

const shared = new Map<string, Shared>();

/** The client knows `esdb` alone. */
const clientUrl = (url: string): string =>
  url.trim().replace(/^(?:kurrentdb|kurrent|kdb)(\+discover)?:\/\//, 'esdb$1://');

/** A client whose every channel, also one made in place of a broken one, has that window: its settings have none. */
const clientFor = (url: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(clientUrl(url));
  const createChannel = client['createChannel'];
  client['createChannel'] = async () => {
    const channel = await createChannel();
    // Read when it connects, at its first call.
    channel['internalChannel']['options']['grpc-node.flow_control_window'] = windowBytes;
    return channel;
  };
  return client;
};

/** One client per URL: one connection for the whole process. Give each one back with {@link release}. */
export const acquire = (url: string): Connection => {
  let connection = shared.get(url);
  if (!connection) {
    const client = clientFor(url);
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
