import { createServer, type Server } from 'node:net';
import { CannotStart } from './cannot-start.ts';

const host = '127.0.0.1';

/** So many different ports of this machine that nobody listens on just now. */
export const freePorts = async (count: number): Promise<number[]> => {
  // All are held at once: a port that is let go may be handed out again.
  const held = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = held.map((server) => (server.address() as { port: number }).port);
  await Promise.all(held.map(close));
  return ports;
};

/** The port itself, or a free one for 0. Throws {@link CannotStart} when the web address cannot be had on it. */
export const webPort = async (port: number): Promise<number> => {
  const server = await listen(port).catch((error: NodeJS.ErrnoException) => {
    throw new CannotStart(`${reasons[error.code ?? ''] ?? error.message}: PORT=${port}. ${advice}`, { cause: error });
  });
  const { port: listening } = server.address() as { port: number };
  await close(server);
  return listening;
};

const reasons: Record<string, string> = {
  EADDRINUSE: 'The web port is in use by another program',
  EACCES: 'The web port is reserved for the administrator',
};
const advice = 'Stop that program, or give another port, such as PORT=3001 npm start.';

const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
