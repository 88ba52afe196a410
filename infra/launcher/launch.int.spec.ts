import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { eventually } from '../embedded/redis/testing/eventually.ts';
import { type PlayPrograms, playPrograms } from './testing/play-programs.ts';

/** The launcher as `npm start` runs it, beside programs that only play their part. */
describe('npm start', () => {
  let programs: PlayPrograms;
  const launchers: Launcher[] = [];

  interface Launcher {
    readonly process: ChildProcess;
    readonly ended: Promise<number | null>;
    said(): string;
    warned(): string;
  }

  const start = (environment: Record<string, string> = {}): Launcher => {
    const launcher = spawn(process.execPath, [join(programs.folder, 'start.js')], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...programs.environment, ...environment },
    });
    const said: string[] = [];
    const warned: string[] = [];
    launcher.stdout.setEncoding('utf8').on('data', (text) => said.push(text));
    launcher.stderr.setEncoding('utf8').on('data', (text) => warned.push(text));
    const ended = once(launcher, 'close').then(([code]) => code as number | null);
    const started = { process: launcher, ended, said: () => said.join(''), warned: () => warned.join('') };
    launchers.push(started);
    return started;
  };
  const ready = (launcher: Launcher) =>
    eventually(`ready: ${launcher.warned()}`, () => /^Sign in: .*\n/m.test(launcher.said()));
  const running = (pid: number) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  const stops = () => programs.journal().filter((line) => line.endsWith('stopped'));

  beforeEach(() => {
    programs = playPrograms();
    const args = ['--bundle', '--platform=node', '--format=esm', `--outfile=${join(programs.folder, 'start.js')}`];
    execFileSync(resolve('node_modules/.bin/esbuild'), ['infra/launcher/main.ts', '--log-level=error', ...args]);
  });
  afterEach(async () => {
    for (const { process: launcher, ended } of launchers.splice(0)) {
      launcher.kill('SIGTERM');
      await ended;
    }
    programs.remove();
  });

  it('starts every server that no URL is given for, then the api and the worker with their URLs', async () => {
    const launcher = start();
    await ready(launcher);
    expect(launcher.said()).toMatch(
      /^Event store: embedded\nMongoDB: embedded\nRedis: redis-server on 127\.0\.0\.1:\d+ \(data in .*data\/redis\)\n/,
    );
    const { environment } = programs.startOf('api');
    expect(environment['EVENTSTORE_URL']).toMatch(/^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
    expect(environment['MONGODB_URL']).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/funnel\?directConnection=true$/);
    expect(environment['REDIS_URL']).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/);
    expect(environment['AUTH_SECRET']).toHaveLength(43);
    expect(launcher.said()).toContain(`Funnel Ledger is ready: http://127.0.0.1:${environment['PORT']}\n`);
    const offer = /made-up company .*: npx funnel demo seed\)\.\n$/;
    await eventually('an offer', () => offer.test(launcher.said()));
    expect(programs.startOf('worker').environment['PORT']).toBeUndefined();
    const storePort = new URL(environment['EVENTSTORE_URL']!.replace('esdb', 'http')).port;
    expect(programs.startOf('eventstore').args).toEqual([
      ...['eventstore', '--port', storePort, '--data', join(programs.dataFolder, 'eventstore')],
    ]);
    expect(programs.journal().slice(0, 2).join()).toMatch(/eventstore.*mongo|mongo.*eventstore/);
  });

  it('uses the servers whose URLs are given, and masks their passwords', async () => {
    const urls = {
      EVENTSTORE_URL: 'esdb://admin:changeit@store:2113',
      MONGODB_URL: 'mongodb://mongo/funnel',
      REDIS_URL: 'redis://redis:6379',
    };
    const launcher = start({ ...urls, AUTH_SECRET: 's'.repeat(32), COMPANY_TIME_ZONE: 'Europe/Berlin' });
    await ready(launcher);
    expect(launcher.said()).toContain('Event store: esdb://admin:***@store:2113\n');
    expect(launcher.said()).not.toContain('changeit');
    const expected = { ...urls, AUTH_SECRET: 's'.repeat(32), COMPANY_TIME_ZONE: 'Europe/Berlin' };
    expect(programs.startOf('worker').environment).toMatchObject(expected);
    expect(
      programs
        .journal()
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(['api', 'worker']);
  });

  const expectOrderlyStop = async (launcher: Launcher) => {
    expect(await launcher.ended).toBe(0);
    expect(stops()).toEqual(['worker stopped', 'api stopped', 'mongo stopped', 'eventstore stopped']);
    expect(launcher.said()).toMatch(/Stopping …\n[^]*\[api\] goodbye[^]*Stopped\.\n$/);
    expect(launcher.warned()).toBe('');
  };

  it('on SIGTERM stops everything in order and ends with 0', async () => {
    const launcher = start();
    await ready(launcher);
    launcher.process.kill('SIGTERM');
    await expectOrderlyStop(launcher);
  });

  it('offers the made-up company only while the data folder is new', async () => {
    const first = start();
    await ready(first);
    first.process.kill('SIGTERM');
    await first.ended;
    const second = start();
    await ready(second);
    expect(second.said()).not.toContain('demo seed');
  });

  it('on Ctrl-C, which a terminal sends to the whole group and npm once more, does the same', async () => {
    const launcher = start();
    await ready(launcher);
    process.kill(-launcher.process.pid!, 'SIGINT');
    launcher.process.kill('SIGINT');
    await expectOrderlyStop(launcher);
  });

  it('starts a crashed server again on its port, and the rest stays up', async () => {
    const launcher = start({ REDIS_URL: 'redis://redis:6379' });
    await ready(launcher);
    const before = { pid: programs.pidOf('eventstore'), args: programs.startOf('eventstore').args };
    process.kill(before.pid, 'SIGKILL');
    await eventually('a restart', () => launcher.said().includes('eventstore runs again'));
    expect(launcher.warned()).toContain('eventstore ended unexpectedly (signal SIGKILL): starting it again in 0.25 s');
    expect(programs.pidOf('eventstore')).not.toBe(before.pid);
    expect(programs.startOf('eventstore').args).toEqual(before.args);
    expect(stops()).toEqual([]);
  });

  it('takes everything down with it when it is killed outright', async () => {
    const launcher = start();
    await ready(launcher);
    const pids = ['eventstore', 'mongo', 'api', 'worker'].map((name) => programs.pidOf(name));
    launcher.process.kill('SIGKILL');
    await eventually('all gone', () => !pids.some(running));
    expect(stops()).toHaveLength(4);
    const successor = start();
    await ready(successor);
  });

  it('passes on why a program did not start, stops the others and ends with 1', async () => {
    const launcher = start({ PLAY_FAILING: 'mongo' });
    expect(await launcher.ended).toBe(1);
    expect(launcher.warned()).toBe('mongo did not start (exit code 3).\n  no mongo today\n');
    expect(programs.journal().join()).not.toMatch(/api|worker/);
    expect(running(programs.pidOf('eventstore'))).toBe(false);
  });

  it('names a port in use before anything is started', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const launcher = start({ PORT: String(port) });
    expect(await launcher.ended).toBe(1);
    expect(launcher.warned()).toContain(`in use by another program: PORT=${port}.`);
    expect(programs.journal()).toEqual([]);
    other.close();
  });

  it('names the process that runs on the data folder already', async () => {
    const first = start();
    await ready(first);
    const started = programs.journal().length;
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.warned()).toContain(`${programs.dataFolder} is in use by process ${first.process.pid}:`);
    expect(programs.journal()).toHaveLength(started);
  });

  it('says how to get redis-server when it is missing, and leaves nothing running', async () => {
    const launcher = start({ PATH: programs.folder });
    expect(await launcher.ended).toBe(1);
    expect(launcher.warned()).toMatch(
      /redis-server is needed[^]*apt-get install -y --no-install-recommends redis-server/,
    );
    expect(programs.journal().join()).not.toMatch(/api|worker/);
    expect(['eventstore', 'mongo'].map((name) => programs.pidOf(name)).some(running)).toBe(false);
  });

  it('says that damaged alarms may be thrown away', async () => {
    const folder = join(programs.dataFolder, 'redis', 'appendonlydir');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'appendonly.aof.manifest'), 'damaged');
    const launcher = start();
    expect(await launcher.ended).toBe(1);
    expect(launcher.warned()).toContain(`remove ${join(programs.dataFolder, 'redis')} and start again.`);
    expect(['eventstore', 'mongo'].map((name) => programs.pidOf(name)).some(running)).toBe(false);
  });

  it('says which setting is wrong', async () => {
    const launcher = start({ MONGODB_URL: 'localhost' });
    expect(await launcher.ended).toBe(1);
    expect(launcher.warned()).toBe(
      'MONGODB_URL is "localhost"; expected a URL like mongodb://127.0.0.1:27017/funnel.\n',
    );
  });
});
