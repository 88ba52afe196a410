import { MemoryLog } from '@funnel/testing';
import { lost, moved, moves, opened, standing } from '../testing/toy-deals.ts';
import { ViewBench, eventually, timeoutMs } from '../testing/view-bench.ts';

const views = [standing, moves];

describe('writing a view under a lease', () => {
  it('changes nothing when events come again after a crash before the checkpoint', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const first = bench.run(log, views);
    log.append('deal-a', opened('a'), moved('a', 'offer'));
    const position = log.append('deal-b', opened('b'), lost('b'), moved('b', 'late'));
    await bench.store.waitFor(views, position, { timeoutMs });
    await first.stop();
    const held = await bench.documents('standing-v1');
    await bench.database.collection('view-checkpoints').updateMany({}, { $set: { commit: '1', prepare: '1' } });
    bench.run(log, views);
    await expect(bench.store.waitFor(views, position, { timeoutMs })).resolves.toBe(true);
    await expect(bench.documents('standing-v1')).resolves.toEqual(held);
    await expect(bench.isRight(log)).resolves.toBe(true);
  });

  it('lets one of two runs write at a time, and the next at once when it stops', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const patient = { timing: { leaseMs: 600_000 } };
    const first = bench.run(log, views, patient);
    await bench.store.waitFor(views, log.append('deal-a', opened('a')), { timeoutMs });
    const second = bench.run(log, views, patient);
    await bench.store.waitFor(views, log.append('deal-b', opened('b')), { timeoutMs });
    expect(second.events).toEqual([]);
    await first.stop();
    await expect(bench.store.waitFor(views, log.append('deal-a', lost('a')), { timeoutMs })).resolves.toBe(true);
    expect(second.events.map(({ kind }) => kind)).toEqual(['lease-taken', 'lease-taken']);
  });

  it('gets every row right while two runs snatch the lease from each other', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const runs = [bench.run(log, views), bench.run(log, views)];
    const takeOvers = () => runs.map(({ events }) => events.filter(({ kind }) => kind === 'lease-taken').length);
    const append = (round: number) => {
      const deal = `${round % 7}`;
      log.append(`deal-${deal}`, opened(deal, round), moved(deal, `stage-${round}`));
      return log.append('deal-x', ...(round % 5 ? [moved('x', `stage-${round}`)] : [lost('x'), opened('x')]));
    };
    for (let round = 0; Math.min(...takeOvers()) < 10 && round < 5_000; round++) {
      append(round);
      await bench.database.collection('view-checkpoints').updateMany({}, { $set: { expiresAt: 0 } });
    }
    expect(Math.min(...takeOvers())).toBeGreaterThanOrEqual(10);
    await expect(bench.store.waitFor(views, append(1), { timeoutMs })).resolves.toBe(true);
    await expect(bench.isRight(log)).resolves.toBe(true);
  });

  it('builds everything again when the store is wiped while it runs', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const run = bench.run(log, views);
    log.append('deal-b', opened('b'));
    await bench.store.waitFor(views, log.append('deal-a', opened('a')), { timeoutMs });
    await bench.wipe();
    log.append('deal-a', moved('a', 'offer'));
    await eventually(() => bench.isRight(log));
    expect(run.events.map(({ kind }) => kind)).toContain('lease-lost');
    await expect(bench.store.waitFor(views, log.append('deal-b', lost('b')), { timeoutMs })).resolves.toBe(true);
    await expect(bench.store.view(standing).count()).resolves.toBe(1);
  });

  it('starts from an empty collection where rows have outlived their checkpoint', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const stray = { _id: 'stray' as never, stage: 'lead', seen: { revision: 9, place: 9 } };
    await bench.database.collection('standing-v1').insertOne(stray);
    bench.run(log, views);
    await bench.store.waitFor(views, log.append('deal-a', opened('a')), { timeoutMs });
    await expect(bench.isRight(log)).resolves.toBe(true);
  });

  it('waits for a server that is away and fills it again when it comes back empty', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const run = bench.run(log, views);
    log.append('deal-b', opened('b'));
    await bench.store.waitFor(views, log.append('deal-a', opened('a')), { timeoutMs });
    await bench.loseServer();
    log.append('deal-a', moved('a', 'offer'));
    await eventually(() => run.events.some(({ kind }) => kind === 'store-fault'));
    await bench.bringBackServer();
    await eventually(() => bench.isRight(log));
  });
});
