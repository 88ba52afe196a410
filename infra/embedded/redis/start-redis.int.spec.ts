import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { askRedis } from './ask-redis.ts';
import { startRedis } from './index.ts';
import { eventually } from './testing/eventually.ts';

describe('starting Redis', () => {
  let dataFolder: string;
  const closers: (() => Promise<void>)[] = [];
  const messages: string[] = [];
  const start = async (port = 0) => {
    const redis = await startRedis({ port, dataFolder, onMessage: (message) => messages.push(message) });
    closers.push(redis.close);
    return redis;
  };
  const ask = (port: number, ...commands: string[]) => askRedis({ host: '127.0.0.1', port }, ...commands);

  // Installs redis-server where it is missing.
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'funnel-redis-'));
    await (await startRedis({ port: 0, dataFolder: folder })).close();
    rmSync(folder, { recursive: true });
  }, 180_000);

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'funnel-redis-'));
    messages.length = 0;
  });
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
    rmSync(dataFolder, { recursive: true });
  });

  it('keeps what was written over a stop and a start', async () => {
    const first = await start();
    await ask(first.port, 'SET alarm due');
    await first.close();
    expect(await first.ended).toBe('exit code 0');
    const second = await start();
    expect(await ask(second.port, 'GET alarm')).toContain('due');
  });

  it('evicts nothing, appends every write to its file and listens on this machine only', async () => {
    const { port } = await start();
    const settings = await ask(
      port,
      ...['maxmemory-policy', 'appendonly', 'bind', 'save'].map((name) => `CONFIG GET ${name}`),
    );
    expect(settings.split('\r\n').filter((part) => part && !/^[*$+]/.test(part))).toEqual([
      ...['maxmemory-policy', 'noeviction', 'appendonly', 'yes', 'bind', '127.0.0.1', 'save'],
    ]);
  });

  it('stops the server that a killed process left on the folder, and takes over its data', async () => {
    const leftover = await start();
    await ask(leftover.port, 'SET alarm due');
    const successor = await start();
    expect(await leftover.ended).toBe('exit code 0');
    expect(await ask(successor.port, 'GET alarm')).toContain('due');
    expect(messages.join()).toContain('stopped a redis-server left running');
  });

  it('leaves alone a server of another folder that has taken the port since', async () => {
    const other = await start();
    const mine = dataFolder;
    dataFolder = mkdtempSync(join(tmpdir(), 'funnel-redis-'));
    await (await start()).close();
    writeFileSync(join(dataFolder, 'redis', 'address.json'), JSON.stringify({ host: '127.0.0.1', port: other.port }));
    await (await start()).close();
    rmSync(dataFolder, { recursive: true });
    dataFolder = mine;
    expect(await ask(other.port, 'PING')).toContain('+PONG');
    expect(messages).toEqual([]);
  });

  it('says what redis-server said when another one has its port, and does not take that one for its own', async () => {
    const other = await start();
    const mine = dataFolder;
    dataFolder = mkdtempSync(join(tmpdir(), 'funnel-redis-'));
    await expect(start(other.port)).rejects.toThrow(/did not start \(exit code 1\)[^]*Address already in use/);
    rmSync(dataFolder, { recursive: true });
    dataFolder = mine;
    expect(await ask(other.port, 'PING')).toContain('+PONG');
  });

  it('says so when its file is damaged', async () => {
    const first = await start();
    await ask(first.port, 'SET alarm due');
    await first.close();
    writeFileSync(join(dataFolder, 'redis', 'appendonlydir', 'appendonly.aof.1.incr.aof'), 'spoilt\r\nmore\r\n');
    await expect(start()).rejects.toThrow(/did not start[^]*Bad file format/);
  });

  it('starts nothing when it is given up before', async () => {
    await expect(startRedis({ port: 0, dataFolder, signal: AbortSignal.abort() })).rejects.toThrow('given up');
    expect(existsSync(join(dataFolder, 'redis', 'address.json'))).toBe(false);
  });

  it('stops a server that is given up before it answers', async () => {
    const path = process.env['PATH'];
    const pidFile = join(dataFolder, 'pid');
    writeFileSync(join(dataFolder, 'redis-server'), `#!/bin/sh\necho $$ > "${pidFile}"\nexec /bin/sleep 60\n`, {
      mode: 0o755,
    });
    process.env['PATH'] = dataFolder;
    const giveUp = new AbortController();
    const starting = startRedis({ port: 0, dataFolder, signal: giveUp.signal });
    process.env['PATH'] = path;
    await eventually('the server runs', () => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    giveUp.abort();
    await expect(starting).rejects.toThrow('given up');
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
  });

  it('takes the server down with a process that is killed outright', async () => {
    const script = `
      import { startRedis } from ${JSON.stringify(resolve('infra/embedded/redis/index.ts'))};
      const { port } = await startRedis({ port: 0, dataFolder: ${JSON.stringify(dataFolder)} });
      console.log(port);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = await once(parent.stdout, 'data');
    expect(await ask(Number(port), 'PING')).toContain('+PONG');
    parent.kill('SIGKILL');
    const answers = () =>
      ask(Number(port), 'PING').then(
        () => true,
        () => false,
      );
    await eventually('the server is gone', async () => !(await answers()));
  });
});
