import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { StartError } from './start-error.ts';

export interface EndPoint {
  host: string;
  port: number;
}

export interface Listener {
  /** The port, chosen if 0 was asked for. */
  port: number;
  /** Takes no more connections; those that were handed over stay. */
  close(): void;
}

/**
 * One port for two protocols, told apart by their first bytes: HTTP/2 is handed over, and HTTP/1.1, which only probes
 * speak, is answered here. Throws a StartError.
 */
export const listen = async ({ host, port }: EndPoint, takeHttp2: (socket: Socket) => void): Promise<Listener> => {
  const probes = answerProbes();
  const undecided = new Set<Socket>();
  const server = createServer((socket) => {
    undecided.add(socket);
    socket.once('close', () => undecided.delete(socket));
    decide(socket, (isHttp2) => {
      undecided.delete(socket);
      if (isHttp2) takeHttp2(socket);
      else probes.emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(unusable(host, port, error)));
    server.listen(port, host, resolve);
  });
  const close = (): void => {
    server.close();
    probes.closeAllConnections();
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

/** As probes ask the real server; the number tells its builds' kinds of messages apart, and says nothing here. */
const pong = JSON.stringify({ msgTypeId: 0, text: 'Ping request successfully handled' });

const answerProbes = (): HttpServer =>
  createHttpServer(({ url, method }, response) => {
    if (url === '/ping' && method === 'GET') response.writeHead(200, { 'content-type': 'application/json' }).end(pong);
    else response.writeHead(url === '/health/live' ? 204 : 404).end();
  });

const unusable = (host: string, port: number, error: NodeJS.ErrnoException): StartError =>
  error.code === 'EADDRINUSE'
    ? new StartError('port-in-use', `Port ${port} on ${host} is in use by another program.`, error)
    : new StartError('address-unusable', `Cannot listen on ${host}:${port}: ${error.message}.`, error);
