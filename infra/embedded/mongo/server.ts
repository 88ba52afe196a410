import { createServer, type Server, type Socket } from 'node:net';
import { Cursors } from './cursor.ts';
import { Connection } from './connection.ts';
import type { Session, Statistics } from './session.ts';
import { removeExpired } from './storage/expiry.ts';
import { Databases } from './storage/databases.ts';

const housekeepingMilliseconds = 30_000;

/** One server: its data, and the connections to it. Commands run one after the other, each as a whole. */
export class MongoServer {
  readonly #databases = new Databases();
  readonly #cursors = new Cursors();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  readonly #statistics: Statistics = {
    operations: {},
    connections: () => ({ current: this.#sockets.size, totalCreated: this.#connections }),
  };
  #connections = 0;
  #housekeeping: NodeJS.Timeout | undefined;

  /** Resolves with the port that is listened on. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        this.#housekeeping = setInterval(() => this.#keepHouse(), housekeepingMilliseconds);
        this.#housekeeping.unref();
        resolve((this.#server.address() as { port: number }).port);
      });
    });
  }

  close(): Promise<void> {
    clearInterval(this.#housekeeping);
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  #keepHouse(): void {
    const now = Date.now();
    this.#cursors.closeIdle(now);
    for (const database of this.#databases.names()) {
      for (const collection of this.#databases.collections(database).values()) removeExpired(collection, now);
    }
  }

  #serve(socket: Socket): void {
    const session: Session = {
      databases: this.#databases,
      cursors: this.#cursors,
      connection: { id: ++this.#connections, peer: `${socket.remoteAddress}:${socket.remotePort}` },
      statistics: this.#statistics,
    };
    const connection = new Connection(socket, session);
    this.#sockets.add(socket);
    socket.on('data', (chunk: Buffer) => connection.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#sockets.delete(socket);
    });
  }
}
