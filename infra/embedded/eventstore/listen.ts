import type { Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { EndPoint } from './node.ts';
import { StartError } from './start-error.ts';

/** Who goes on with a connection. */
export interface Handlers {
  http1: HttpServer;
  http2: (socket: Socket) => void;
}

export interface Listener {
  /** The port, chosen if 0 was asked for. */
  port: number;
  /** Takes no more connections; those that were handed over stay. */
  close(): void;
}

/** One port for two protocols, told apart by their first bytes. Throws a StartError. */
export const listen = async ({ host, port }: EndPoint, { http1, http2 }: Handlers): Promise<Listener> => {
  const undecided = new Set<Socket>();
  const server = createServer((socket) => {
    undecided.add(socket);
    socket.once('close', () => undecided.delete(socket));
    decide(socket, (isHttp2) => {
      undecided.delete(socket);
      if (isHttp2) http2(socket);
      else http1.emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unusable(host, port, error)));
    server.listen(port, host, resolve);
  });
  const close = (): void => {
    server.close();
    http1.closeAllConnections();
    for (const socket of undecided) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close };
};

/** What HTTP/2 begins with and no method of HTTP/1.1 does. */
const preface = Buffer.from('PRI');

/** Looks at the first bytes and puts them back. */
const decide = (socket: Socket, decided: (isHttp2: boolean) => void): void => {
  const look = (): void => {
    const first = socket.read(preface.length) as Buffer | null;
    if (!first) return;
    socket.off('readable', look);
    socket.unshift(first);
    decided(first.equals(preface));
  };
  socket.on('readable', look);
  socket.on('error', () => socket.destroy());
  socket.once('end', () => socket.destroy());
};

const unusable = (host: string, port: number, error: NodeJS.ErrnoException): StartError =>
  error.code === 'EADDRINUSE'
    ? new StartError('port-in-use', `Port ${port} on ${host} is in use by another program.`, error)
    : new StartError('address-unusable', `Cannot listen on ${host}:${port}: ${error.message}.`, error);
