import type { Running, Service } from './service.ts';
import { supervise } from './supervisor.ts';
import { eventually } from '../embedded/redis/testing/eventually.ts';
import { recordedOutput } from './testing/recorded-output.ts';

/** A service that is ready at once and dies when told to. */
const service = (name: string, journal: string[], failing = () => false) => {
  const deaths: ((how: string) => void)[] = [];
  const launch = (): Running => {
    journal.push(`${name} starts`);
    const ended = Promise.withResolvers<string>();
    deaths.push(ended.resolve);
    if (failing()) ended.resolve('a bad day');
    return {
      ready: failing() ? Promise.reject(new Error(`${name} did not start`)) : Promise.resolve(),
      ended: ended.promise,
      stop: async () => {
        journal.push(`${name} stops`);
        ended.resolve('a stop');
      },
    };
  };
  return { name, launch, die: () => deaths.at(-1)!('a crash') } satisfies Service & { die: () => void };
};

describe('supervising services', () => {
  let journal: string[];
  let stop: AbortController;
  let output: ReturnType<typeof recordedOutput>;
  const policy = { firstPauseMs: 1, deaths: 5, windowMs: 60_000 };
  const run = (...stages: Service[][]) =>
    supervise({ stages, policy, output, stop: stop.signal, onReady: async () => void journal.push('ready') });
  const times = (line: string) => journal.filter((entry) => entry === line).length;
  const isReady = () => eventually('ready', () => journal.includes('ready'));

  beforeEach(() => {
    journal = [];
    stop = new AbortController();
    output = recordedOutput();
  });

  it('starts stage by stage and stops one by one in the reverse order', async () => {
    const running = run([service('store', journal), service('redis', journal)], [service('api', journal)]);
    await isReady();
    stop.abort();
    await running;
    expect(journal).toEqual([
      ...['store starts', 'redis starts', 'api starts', 'ready'],
      ...['api stops', 'redis stops', 'store stops'],
    ]);
  });

  it('starts nothing of the next stage when one does not start, and stops the others', async () => {
    const failing = service('redis', journal, () => true);
    await expect(run([service('store', journal), failing], [service('api', journal)])).rejects.toThrow(
      'redis did not start',
    );
    expect(journal).toEqual(['store starts', 'redis starts', 'redis stops', 'store stops']);
  });

  it('starts a service again that dies, aloud', async () => {
    const api = service('api', journal);
    const running = run([api]);
    await isReady();
    api.die();
    await eventually('a restart', () => output.said.includes('api runs again'));
    expect(output.warned).toEqual(['api ended unexpectedly (a crash): starting it again in 0.001 s']);
    stop.abort();
    await running;
    expect(times('api stops')).toBe(1);
  });

  it('gives up, stopping everything, when a service dies five times within a minute', async () => {
    const api = service('api', journal, () => journal.includes('ready'));
    const running = run([service('store', journal)], [api]);
    const outcome = expect(running).rejects.toThrow('api ended 5 times within 60 s, last with a bad day.');
    await isReady();
    api.die();
    await outcome;
    expect(times('api starts')).toBe(5);
    expect(journal.slice(-2)).toEqual(['api stops', 'store stops']);
    expect(output.warned.filter((line) => line.includes('starting it again')).map((line) => line.slice(-7))).toEqual([
      ...['0.001 s', '0.002 s', '0.004 s', '0.008 s'],
    ]);
  });

  it('stops services that are still starting', async () => {
    const slow: Service = {
      name: 'slow',
      launch: () => {
        const { ready, ended, stop: stopSlow } = service('slow', journal).launch();
        return { ready: ready.then(() => new Promise(() => undefined)), ended, stop: stopSlow };
      },
    };
    const running = run([slow], [service('api', journal)]);
    await eventually('a start', () => journal.includes('slow starts'));
    stop.abort();
    await running;
    expect(journal).toEqual(['slow starts', 'slow stops']);
  });

  it('starts nothing when it is asked to stop before', async () => {
    stop.abort();
    await run([service('store', journal)], [service('api', journal)]);
    expect(journal).toEqual([]);
  });
});
