import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedis, type RunningRedis } from '../../infra/embedded/redis/index.ts';
import { connectAlarmClock, pingRedis, type AlarmClock } from './index.ts';

let folder: string;
let redis: RunningRedis;
let url: string;
const clocks: AlarmClock<string>[] = [];
let names = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alarm-clock-'));
  redis = await startRedis({ port: 0, dataFolder: folder });
  url = `redis://127.0.0.1:${redis.port}`;
}, 120_000);
afterEach(() => Promise.all(clocks.splice(0).map((clock) => clock.close())));
afterAll(async () => {
  await redis.close();
  await rm(folder, { recursive: true });
});

const clock = (onRing: (task: string) => Promise<void>, onFailure?: (task: string, fault: Error) => void) => {
  const made = connectAlarmClock<string>({ url, name: `test-${names++}`, onRing, onFailure });
  clocks.push(made);
  return made;
};
const until = async (holds: () => boolean | Promise<boolean>) => {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it never came to hold');
    await pause(20);
  }
};

describe('the alarm clock', () => {
  it('rings many alarms, none before its time', async () => {
    const rung: { task: string; at: number }[] = [];
    const due = Date.now() + 400;
    await clock(async (task) => void rung.push({ task, at: Date.now() })).ring([
      { task: 'now' },
      { id: 'later', task: 'later', at: due },
    ]);
    await until(() => rung.length === 2);
    expect(rung.map(({ task }) => task)).toEqual(['now', 'later']);
    expect(rung[1]?.at).toBeGreaterThanOrEqual(due);
  });

  it('lets one id wait only once, and ring again after it has rung', async () => {
    let rung = 0;
    const made = clock(async () => void rung++);
    const alarm = { id: 'same', task: 'x', at: Date.now() + 200 };
    await made.ring([alarm, alarm]);
    await until(async () => rung === 1 && (await made.unfinished()) === 0);
    await made.ring([{ id: 'same', task: 'x' }]);
    await until(() => rung === 2);
  });

  it('tries work again that fails, then tells and forgets it', async () => {
    let tries = 0;
    const failed: string[] = [];
    const made = clock(
      async () => {
        tries += 1;
        throw new Error('no');
      },
      (task, fault) => failed.push(`${task}: ${fault.message}`),
    );
    await made.ring([{ id: 'bad', task: 'bad' }]);
    await until(() => failed.length > 0);
    expect({ tries, failed, unfinished: await made.unfinished() }).toEqual({
      tries: 3,
      failed: ['bad: no'],
      unfinished: 0,
    });
  });

  it('rings every so often again once a flushed Redis is told so again', async () => {
    let rung = 0;
    const made = clock(async () => void rung++);
    await made.ringEvery(100, 'sweep', 'x');
    await until(() => rung >= 2);
    const admin = new Redis(url);
    await admin.flushall();
    admin.disconnect();
    const before = rung;
    await made.ringEvery(100, 'sweep', 'x');
    await until(() => rung > before + 1);
  });
});

describe('an alarm clock whose Redis is away', () => {
  it('can be let go of', async () => {
    await connectAlarmClock({ url: 'redis://127.0.0.1:1', name: 'away', onRing: async () => undefined }).close();
  });

  it('does not wait for work that does not end', async () => {
    let isRinging = false;
    const stuck = clock(() => new Promise(() => (isRinging = true)));
    await stuck.ring([{ task: 'long' }]);
    await until(() => isRinging);
    await clocks.pop()?.close();
  });
});

describe('asking Redis whether it is there', () => {
  it('is answered, or fails where nothing listens', async () => {
    await pingRedis(url);
    await expect(pingRedis('redis://127.0.0.1:1')).rejects.toThrow('ECONNREFUSED');
  });
});
