import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeMongodOnPath } from '../embedded/mongod/testing/fake-mongod-on-path.ts';
import { askMongod } from '../embedded/mongod/ask-mongod.ts';
import { eventually } from '../embedded/redis/testing/eventually.ts';
import { launch } from './launch.ts';
import { type PlayPrograms, playPrograms } from './testing/play-programs.ts';
import { type RecordedOutput, recordedOutput } from './testing/recorded-output.ts';

/** The launcher where a `mongod` is on the PATH, which here only plays its part. */
describe('a mongod on the PATH', () => {
  let programs: PlayPrograms;
  let path: string;
  let output: RecordedOutput;
  let stop: AbortController;
  let ended: Promise<0 | 1> | undefined;
  const start = (environment: Record<string, string>) => {
    const own = { ...programs.environment, PATH: path, REDIS_URL: 'redis://redis:6379' };
    const patience = { readyMs: 10_000, stopMs: 10_000 };
    ended = launch({
      environment: { ...own, ...environment },
      programs: programs.folder,
      output,
      stop: stop.signal,
      patience,
    });
    return ended;
  };
  const ready = () =>
    eventually(`ready: ${output.warned.join()}`, () => output.said.some((line) => line.startsWith('Sign in: ')));
  const mongoLine = () => output.said.find((line) => line.startsWith('MongoDB: '));
  const mongoPort = () => Number(new URL(programs.startOf('api').environment['MONGODB_URL']!).port);
  const ask = (command: object) => askMongod({ host: '127.0.0.1', port: mongoPort() }, command);
  const lock = () => readFileSync(join(programs.dataFolder, 'mongod', 'mongod.lock'), 'utf8').trim();

  beforeEach(() => {
    programs = playPrograms();
    path = fakeMongodOnPath(programs.folder);
    output = recordedOutput();
    stop = new AbortController();
    ended = undefined;
  });
  afterEach(async () => {
    stop.abort();
    await ended;
    programs.remove();
  });

  it('is started with its data in a folder of its own, and stopped in order', async () => {
    const done = start({ FUNNEL_EMBEDDED: 'auto' });
    await ready();
    expect(mongoLine()).toBe(
      `MongoDB: mongod 8.0.4 on 127.0.0.1:${mongoPort()} (data in ${join(programs.dataFolder, 'mongod')})`,
    );
    expect(String((await ask({ serverStatus: 1 }))['pid'])).toBe(lock());
    expect(programs.journal().join()).not.toContain('mongo started');
    stop.abort();
    expect(await done).toBe(0);
    expect(lock()).toBe('');
    expect(output.warned).toEqual([]);
  });

  it('is preferred when nothing is said about it', async () => {
    void start({ FUNNEL_EMBEDDED: '' });
    await ready();
    expect(mongoLine()).toContain('mongod 8.0.4');
  });

  it('is started again on its port when it dies', async () => {
    void start({ FUNNEL_EMBEDDED: 'auto' });
    await ready();
    const killed = Number(lock());
    process.kill(killed, 'SIGKILL');
    await eventually('a restart', () => output.said.includes('mongod runs again'));
    expect(Number((await ask({ serverStatus: 1 }))['pid'])).not.toBe(killed);
  });

  it('is left alone where the embedded one is asked for', async () => {
    void start({ FUNNEL_EMBEDDED: 'always' });
    await ready();
    expect(mongoLine()).toBe('MongoDB: embedded');
    expect(programs.startOf('mongo').args).toEqual(['mongo', '--port', `${mongoPort()}`]);
  });

  it('is left alone where another MongoDB is given', async () => {
    void start({ FUNNEL_EMBEDDED: 'auto', MONGODB_URL: 'mongodb://me:secret@mongo/funnel' });
    await ready();
    expect(mongoLine()).toBe('MongoDB: mongodb://me:***@mongo/funnel');
  });

  it('is left alone, with the reason, where it is of no use', async () => {
    fakeMongodOnPath(programs.folder, { version: '3.6.8' });
    void start({ FUNNEL_EMBEDDED: 'auto' });
    await ready();
    expect(mongoLine()).toMatch(/^MongoDB: embedded, not .*mongod: its version is 3\.6\.8$/);
  });

  it('that does not start is named with what it said, and the embedded server as a way out', async () => {
    fakeMongodOnPath(programs.folder, { failing: true });
    expect(await start({ FUNNEL_EMBEDDED: 'auto' })).toBe(1);
    expect(output.warned.join()).toMatch(/mongod did not start[^]*UPGRADE PROBLEM[^]*FUNNEL_EMBEDDED=always/);
    expect(programs.journal().join()).not.toMatch(/api|worker/);
  });

  it('is not started where no server may be: what is missing is named', async () => {
    expect(await start({ FUNNEL_EMBEDDED: 'never' })).toBe(1);
    expect(output.warned.join()).toMatch(/no server is started here[^]*EVENTSTORE_URL[^]*MONGODB_URL/);
    expect(output.warned.join()).not.toContain('REDIS_URL');
    expect(programs.journal()).toEqual([]);
  });
});
