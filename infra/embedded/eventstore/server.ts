import { createServer } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { OpenCalls, type ServerContext } from './context.ts';
import { shuttingDown } from './errors.ts';
import { featuresService } from './features.ts';
import { gossipService } from './gossip.ts';
import { EventLog } from './log/event-log.ts';
import { StartError } from './start-error.ts';
import { streamsService } from './streams.ts';

export interface EventStoreOptions {
  /** 0 takes a free one. */
  port: number;
  /** Created if missing; one running server may use it. */
  dataFolder: string;
  host?: string;
}

export interface EventStoreServer {
  readonly port: number;
  /**
   * Ends every call as unavailable, after which clients connect again, and gives the data folder back. Appends in
   * flight are written or not; sending them again is safe.
   */
  close(): Promise<void>;
}

/** The real server's default limit of one append. */
const maxAppendSize = 1024 * 1024;

/** Clients send parts of 3 MiB; what is larger than an event may be is refused in the protocol's own words. */
const maxMessageSize = 17 * 1024 * 1024;

/** Starts a server that speaks the EventStoreDB protocol, without encryption or users. Throws a StartError. */
export const startEventStore = async (options: EventStoreOptions): Promise<EventStoreServer> => {
  const { host = '127.0.0.1', dataFolder } = options;
  const log = new EventLog(dataFolder);
  const calls = new OpenCalls();
  const endPoint = { host, port: options.port };
  const server = createGrpcServer({ log, calls, maxAppendSize }, () => endPoint);
  try {
    endPoint.port = await bind(server, endPoint);
  } catch (error) {
    log.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    calls.endAll(shuttingDown());
    await drain(server);
    log.close();
  };
  return { port: endPoint.port, close: () => (closing ??= close()) };
};

const createGrpcServer = (context: ServerContext, endPoint: () => { host: string; port: number }): Server => {
  const server = new Server({
    'grpc.max_receive_message_length': maxMessageSize,
    'grpc.max_send_message_length': -1,
  });
  const services = [streamsService(context), gossipService(endPoint)];
  for (const service of [...services, featuresService(services)])
    server.addService(service.definition, service.implementation);
  return server;
};

const bind = async (server: Server, { host, port }: { host: string; port: number }): Promise<number> => {
  await probe(host, port);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(unusable(host, port, error)) : resolve(bound),
    );
  });
};

/** Listens for a moment, because the error of a plain socket says why, and gRPC's only that. */
const probe = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createServer();
    socket.once('error', (error) => reject(unusable(host, port, error)));
    socket.listen(port, host, () => socket.close(() => resolve()));
  });

const unusable = (host: string, port: number, error: NodeJS.ErrnoException): StartError =>
  error.code === 'EADDRINUSE'
    ? new StartError('port-in-use', `Port ${port} on ${host} is in use by another program.`, error)
    : new StartError('address-unusable', `Cannot listen on ${host}:${port}: ${error.message}.`, error);

/** Lets the last answers out for a moment, then resets what is still open. */
const drain = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const patience = setTimeout(() => server.forceShutdown(), 250);
    server.tryShutdown(() => {
      clearTimeout(patience);
      resolve();
    });
  });
