import { createServer } from 'node:net';

/** A port of this address that nobody listens on just now. */
export const freePort = (host: string): Promise<number> =>
  new Promise((found, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
