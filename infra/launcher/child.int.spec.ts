import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { child } from './child.ts';
import { helperThreads } from './helper-threads.ts';
import type { Running } from './service.ts';
import { eventually } from '../embedded/redis/testing/eventually.ts';
import { recordedOutput } from './testing/recorded-output.ts';

describe('running a program', () => {
  let folder: string;
  let running: Running | undefined;
  let output: ReturnType<typeof recordedOutput>;
  const ready = `console.log('{"event":"ready"}');`;
  const launch = (script: string, patience = { readyMs: 10_000, stopMs: 10_000 }) => {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, script);
    running = child({ name: 'api', file, args: ['one'], environment: { COLOUR: 'blue' }, output, patience }).launch();
    return running;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'funnel-child-'));
    output = recordedOutput();
  });
  afterEach(async () => {
    await running?.stop();
    rmSync(folder, { recursive: true });
  });

  it('gets the helper threads of this machine', async () => {
    const { ready: isReady } = launch(`
      console.log(process.execArgv.find((flag) => flag.startsWith('--v8-pool-size=')));
      setTimeout(() => { ${ready} setInterval(() => {}, 1_000); }, 50);`);
    await isReady;
    await eventually('its line', () => output.said.length === 1);
    expect(output.said).toEqual([`[api] ${helperThreads}`]);
  });

  it('is ready when it says so, and writes its other lines through under its name', async () => {
    const { ready: isReady } = launch(`
      console.log('hello', process.argv[2], process.env.COLOUR);
      console.log('{"event":"listening"}');
      console.log('{not json');
      console.error('careful');
      setTimeout(() => { ${ready} console.log('later'); setInterval(() => {}, 1_000); }, 50);`);
    await isReady;
    await eventually('all lines', () => output.said.length === 4 && output.warned.length === 1);
    expect(output.said).toEqual([
      ...['[api] hello one blue', '[api] {"event":"listening"}', '[api] {not json', '[api] later'],
    ]);
    expect(output.warned).toEqual(['[api] careful']);
  });

  it('says what it complained of when it does not start', async () => {
    const { ready: isReady, ended } = launch(`console.error('no disk'); process.exit(3);`);
    await expect(isReady).rejects.toThrow('api did not start (exit code 3).\n  no disk');
    expect(await ended).toBe('exit code 3');
    expect(output.warned).toEqual([]);
  });

  it('is stopped when it is not ready in time', async () => {
    const { ready: isReady, ended } = launch(`console.error('still busy'); setInterval(() => {}, 1_000);`, {
      readyMs: 500,
      stopMs: 10_000,
    });
    await expect(isReady).rejects.toThrow('api was not ready within 0.5 s.\n  still busy');
    expect(await ended).toBe('signal SIGTERM');
  });

  it('is killed, aloud, when it does not stop in time', async () => {
    const {
      ready: isReady,
      ended,
      stop,
    } = launch(`process.on('SIGTERM', () => {}); ${ready} setInterval(() => {}, 1_000);`, {
      readyMs: 10_000,
      stopMs: 100,
    });
    await isReady;
    await stop();
    expect(await ended).toBe('signal SIGKILL');
    expect(output.warned).toEqual(['api did not stop within 0.1 s: killing it']);
  });

  it('may end by itself, though it is watched, and may use threads', async () => {
    const { ready: isReady, ended } = launch(`
      import { isMainThread, Worker } from 'node:worker_threads';
      if (isMainThread) {
        ${ready}
        new Worker(new URL(import.meta.url)).on('exit', (code) => console.log('thread', code));
      } else setTimeout(() => {}, 200);`);
    await isReady;
    expect(await ended).toBe('exit code 0');
    expect(output.said).toEqual(['[api] thread 0']);
  });
});
