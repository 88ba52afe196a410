import { MemoryLog } from '@funnel/testing';
import { lost, moved, opened, standing } from '../testing/toy-deals.ts';
import { ViewBench, eventually, timeoutMs } from '../testing/view-bench.ts';

const views = [standing];

describe('the status of a view', () => {
  it('says where it stands and that it is caught up', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    log.append('deal-a', opened('a'));
    await bench.store.waitFor(views, log.append('deal-b', opened('b')), { timeoutMs });
    await expect(bench.store.status(log, views)).resolves.toEqual([
      {
        name: 'standing',
        version: 1,
        position: '2',
        head: '2',
        caughtUp: true,
        lagSeconds: 0,
        parked: [],
        owner: 'worker',
      },
    ]);
  });

  it('says how far behind it is when nobody runs it', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const run = bench.run(log, views);
    await bench.store.waitFor(views, log.append('deal-a', opened('a')), { timeoutMs });
    await run.stop();
    log.append('deal-b', opened('b'));
    const anHour = 3_600_000;
    await bench.database.collection('view-checkpoints').updateMany({}, { $inc: { currentAt: -anHour } });
    const [status] = await bench.store.status(log, views);
    expect(status).toMatchObject({ position: '1', head: '2', caughtUp: false });
    expect(status?.lagSeconds).toBeGreaterThan(3_599);
    expect(status?.lagSeconds).toBeLessThan(3_700);
  });

  it('knows a view that was never built', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    log.append('deal-a', opened('a'));
    await expect(bench.store.status(log, views)).resolves.toMatchObject([
      { position: '0', head: '1', caughtUp: false },
    ]);
    await expect(bench.store.view(standing).find()).resolves.toEqual({ rows: [] });
  });
});

describe('a checkpoint that is ahead of the log', () => {
  const withAnotherLog = async (bench: ViewBench) => {
    const first = new MemoryLog();
    const run = bench.run(first, views);
    first.append('deal-a', opened('a'));
    await bench.store.waitFor(views, first.append('deal-b', opened('b')), { timeoutMs });
    await run.stop();
    const log = new MemoryLog();
    log.append('deal-c', opened('c'));
    return log;
  };

  it('stops the view with a clear message instead of mixing two histories', async () => {
    await using bench = await ViewBench.start();
    const log = await withAnotherLog(bench);
    const run = bench.run(log, views);
    const faults = async () => (await bench.store.status(log, views)).map(({ fault }) => fault);
    await eventually(async () => (await faults())[0] !== undefined);
    await expect(faults()).resolves.toEqual(['checkpoint 2 is ahead of the log, which ends at 1']);
    log.append('deal-c', moved('c', 'offer'), lost('c'));
    expect(run.events.filter(({ kind }) => kind === 'refused')).toHaveLength(1);
    await expect(bench.store.status(log, views)).resolves.toMatchObject([{ caughtUp: false, position: '2' }]);
  });

  it('is left behind by a rebuild', async () => {
    await using bench = await ViewBench.start();
    const log = await withAnotherLog(bench);
    bench.run(log, views);
    await eventually(async () => (await bench.store.status(log, views))[0]?.fault !== undefined);
    await bench.store.rebuild('standing');
    await eventually(async () => (await bench.store.view(standing).get('c')) !== undefined);
    await expect(bench.store.view(standing).count()).resolves.toBe(1);
    await expect(bench.store.status(log, views)).resolves.toMatchObject([{ caughtUp: true, position: '1' }]);
  });

  it('is forgotten with a wiped store', async () => {
    await using bench = await ViewBench.start();
    const log = await withAnotherLog(bench);
    const run = bench.run(log, views);
    await eventually(() => run.events.some(({ kind }) => kind === 'refused'));
    await bench.wipe();
    await expect(bench.store.waitFor(views, await log.head(), { timeoutMs })).resolves.toBe(true);
    await expect(bench.isRight(log, views)).resolves.toBe(true);
  });
});
