import { once } from 'node:events';
import { createServer, type ServerHttp2Session, type Settings } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { acquire, release } from './connection.ts';

describe('a connection', () => {
  it('lets more of a log be on its way than HTTP/2 does by itself', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `esdb://127.0.0.1:${(server.address() as AddressInfo).port}?tls=false`;
    const { client } = acquire(url);
    const begun = once(server, 'session') as Promise<[ServerHttp2Session]>;
    const asked = client.readAll({ maxCount: 1 });
    asked.on('error', () => undefined);
    const [session] = await begun;
    const [settings] = (await once(session, 'remoteSettings')) as [Settings];
    expect(settings.initialWindowSize).toBe(2 ** 20);
    session.destroy();
    await release(url);
    await new Promise((closed) => server.close(closed));
  });
});
