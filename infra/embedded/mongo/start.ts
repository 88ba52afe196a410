import { MongoServer } from './server.ts';

export interface StartOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
}

const explanations: Record<string, string> = {
  EADDRINUSE: 'another program is listening there',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
};

/**
 * Starts a server that speaks the MongoDB protocol and keeps everything in memory. Rejects with an error whose `code` is
 * the system's (`EADDRINUSE`) when it cannot listen.
 */
export const startMongo = async ({
  port,
  host = '127.0.0.1',
}: StartOptions): Promise<{ port: number; close(): Promise<void> }> => {
  const server = new MongoServer();
  try {
    return { port: await server.listen(port, host), close: () => server.close() };
  } catch (cause) {
    const { code = 'UNKNOWN' } = cause as NodeJS.ErrnoException;
    const reason = explanations[code] ?? code;
    throw Object.assign(new Error(`MongoDB cannot listen on ${host}:${port}: ${reason}.`, { cause }), { code });
  }
};
