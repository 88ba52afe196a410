import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts, webPort } from './ports.ts';

describe('choosing ports', () => {
  it('finds as many different free ports as are needed', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    for (const port of ports) expect(await webPort(port)).toBe(port);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('names the web port when another program listens on it at %s', async (host) => {
    const other = createServer().listen(0, host);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(webPort(port)).rejects.toThrow(`in use by another program: PORT=${port}. Stop that program, or give`);
    other.close();
  });

  it('picks a free web port for 0', async () => {
    expect(await webPort(0)).toBeGreaterThan(0);
  });
});
