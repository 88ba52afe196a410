import { Server, ServerCredentials } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { OpenCalls, type ServerContext } from './context.ts';
import { shuttingDown } from './errors.ts';
import { featuresService } from './features.ts';
import { gossipService } from './gossip.ts';
import { healthService } from './health.ts';
import { listen, type Listener } from './listen.ts';
import { EventLog } from './log/event-log.ts';
import type { Node } from './node.ts';
import { Groups } from './persistent/groups.ts';
import { persistentSubscriptionsService } from './persistent/service.ts';
import { answerProbes } from './probes.ts';
import { sendAhead } from './send-ahead.ts';
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
  const groups = new Groups(log);
  const calls = new OpenCalls();
  const endPoint = { host, port: options.port };
  const node = { instanceId: randomUUID(), endPoint };
  const server = createGrpcServer({ log, groups, calls, maxAppendSize }, node);
  const listener = await open(server, node).catch((error: unknown) => {
    groups.close();
    log.close();
    throw error;
  });
  endPoint.port = listener.port;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    groups.close();
    calls.endAll(shuttingDown());
    listener.close();
    await drain(server);
    log.close();
  };
  return { port: endPoint.port, close: () => (closing ??= close()) };
};

const createGrpcServer = (context: ServerContext, node: Node): Server => {
  const server = new Server({
    'grpc.max_receive_message_length': maxMessageSize,
    'grpc.max_send_message_length': -1,
    interceptors: [sendAhead],
  });
  const services = [streamsService(context), persistentSubscriptionsService(context), gossipService(node)];
  for (const service of [...services, healthService(context, services), featuresService(services)])
    server.addService(service.definition, service.implementation);
  return server;
};

const open = (server: Server, node: Node): Promise<Listener> => {
  const connections = server.createConnectionInjector(ServerCredentials.createInsecure());
  return listen(node.endPoint, {
    http1: answerProbes(node),
    http2: (socket) => connections.injectConnection(socket),
  });
};

/** Lets the last answers out for a moment, then resets what is still open. */
const drain = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const patience = setTimeout(() => server.forceShutdown(), 250);
    server.tryShutdown(() => {
      clearTimeout(patience);
      resolve();
    });
  });
