import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../redis/testing/eventually.ts';
import { askMongod } from './ask-mongod.ts';
import { startMongod } from './index.ts';
import { fakeMongodOnPath } from './testing/fake-mongod-on-path.ts';

describe('starting mongod', () => {
  let programs: string;
  let program: string;
  let dataFolder: string;
  const closers: (() => Promise<void>)[] = [];
  const messages: string[] = [];
  const start = async (options: { port?: number; signal?: AbortSignal } = {}) => {
    const onMessage = (message: string) => messages.push(message);
    const mongod = await startMongod({ program, port: 0, dataFolder, onMessage, ...options });
    closers.push(mongod.close);
    return mongod;
  };
  const pidOn = async (port: number) =>
    Number((await askMongod({ host: '127.0.0.1', port }, { serverStatus: 1 }))['pid']);
  const inFolder = (name: string) => join(dataFolder, 'mongod', name);
  const read = (name: string) => readFileSync(inFolder(name), 'utf8');

  beforeAll(() => {
    programs = mkdtempSync(join(tmpdir(), 'funnel-mongod-programs-'));
    fakeMongodOnPath(programs);
    program = join(programs, 'bin', 'mongod');
  });
  afterAll(() => rmSync(programs, { recursive: true }));
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'funnel-mongod-'));
    messages.length = 0;
  });
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
    rmSync(dataFolder, { recursive: true });
  });

  it('answers on its port once it is started, and ends in order when it is closed', async () => {
    const mongod = await start();
    expect(await pidOn(mongod.port)).toBe(mongod.pid);
    expect(read('mongod.lock')).toBe(`${mongod.pid}\n`);
    await mongod.close();
    expect(await mongod.ended).toBe('exit code 0');
    expect(read('mongod.lock')).toBe('');
    expect(read('mongod.log')).toContain('Shutting down');
    expect(existsSync(inFolder('address.json'))).toBe(false);
  });

  it('keeps the log of the time before', async () => {
    await (await start()).close();
    await start();
    expect(read('mongod.log.before')).toContain('Shutting down');
    expect(read('mongod.log')).not.toContain('Shutting down');
  });

  it('stops the server that a killed process left on the folder', async () => {
    const leftover = await start();
    const successor = await start();
    expect(await leftover.ended).toBe('exit code 0');
    expect(await pidOn(successor.port)).toBe(successor.pid);
    expect(messages.join()).toContain('stopping a mongod left running');
  });

  it('starts over the lock of a server that was killed', async () => {
    const killed = await start();
    process.kill(killed.pid, 'SIGKILL');
    expect(await killed.ended).toBe('signal SIGKILL');
    expect(read('mongod.lock')).toBe(`${killed.pid}\n`);
    const successor = await start();
    expect(await pidOn(successor.port)).toBe(successor.pid);
    expect(messages).toEqual([]);
  });

  it('leaves alone a server of another folder that has taken the port since', async () => {
    const other = await start();
    const mine = dataFolder;
    dataFolder = mkdtempSync(join(tmpdir(), 'funnel-mongod-'));
    await (await start()).close();
    writeFileSync(inFolder('address.json'), JSON.stringify({ host: '127.0.0.1', port: other.port }));
    writeFileSync(inFolder('mongod.lock'), '999999999\n');
    await (await start()).close();
    rmSync(dataFolder, { recursive: true });
    dataFolder = mine;
    expect(await pidOn(other.port)).toBe(other.pid);
    expect(messages).toEqual([]);
  });

  it('waits for one that is ending by itself', async () => {
    const ending = spawn('/bin/sh', ['-c', 'read -r _'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await (await start()).close();
    writeFileSync(inFolder('address.json'), JSON.stringify({ host: '127.0.0.1', port: 1 }));
    writeFileSync(inFolder('mongod.lock'), `${ending.pid}\n`);
    rmSync(inFolder('mongod.log'));
    const starting = start();
    await eventually('it waits', () => messages.join().includes(`waiting for process ${ending.pid} to leave`));
    expect(existsSync(inFolder('mongod.log'))).toBe(false);
    ending.stdin.end('go\n');
    await starting;
    expect(existsSync(inFolder('mongod.log'))).toBe(true);
  });

  it('says what the log says when it does not start', async () => {
    const failingPrograms = join(dataFolder, 'failing');
    fakeMongodOnPath(failingPrograms, { failing: true });
    const failing = startMongod({ program: join(failingPrograms, 'bin', 'mongod'), port: 0, dataFolder });
    await expect(failing).rejects.toThrow(
      /mongod on .*mongod did not start \(exit code 62\):\n {2}Wrong mongod version: UPGRADE PROBLEM: found an invalid version\n {2}All of its log: .*mongod\.log\n {2}FUNNEL_EMBEDDED=always/,
    );
    expect(existsSync(inFolder('address.json'))).toBe(false);
  });

  it('does not take the server for its own that already has its port', async () => {
    const other = await start();
    const mine = dataFolder;
    dataFolder = mkdtempSync(join(tmpdir(), 'funnel-mongod-'));
    await expect(start({ port: other.port })).rejects.toThrow(/did not start \(exit code 1\)/);
    rmSync(dataFolder, { recursive: true });
    dataFolder = mine;
    expect(await pidOn(other.port)).toBe(other.pid);
  });

  it('stops a server that is given up before it answers', async () => {
    const pidFile = join(dataFolder, 'pid');
    const slow = join(dataFolder, 'slow-mongod');
    writeFileSync(slow, `#!/bin/sh\necho $$ > "${pidFile}"\nexec /bin/sleep 60\n`, { mode: 0o755 });
    const giveUp = new AbortController();
    const starting = startMongod({ program: slow, port: 0, dataFolder, signal: giveUp.signal });
    await eventually('the server runs', () => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    giveUp.abort();
    await expect(starting).rejects.toThrow('given up');
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
  });
});
