import { MemoryLog } from '@funnel/testing';
import { foldedPlainly, lost, moved, moves, opened, standing } from '../testing/toy-deals.ts';
import { ViewBench, collected, timeoutMs } from '../testing/view-bench.ts';

const views = [standing, moves];

const twoDeals = (log: MemoryLog) => {
  log.append('deal-a', opened('a', 5), moved('a', 'contact'));
  log.append('deal-b', opened('b', 7));
  log.append('deal-a', moved('a', 'offer'));
  return log.append('deal-b', lost('b'));
};

describe('running views', () => {
  it('keeps one row per key up with the log', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    await expect(bench.store.waitFor(views, twoDeals(log), { timeoutMs })).resolves.toBe(true);
    const read = bench.store.view(standing);
    await expect(read.get('a')).resolves.toEqual({ id: 'a', stage: 'offer', amount: 5, moves: 2 });
    await expect(bench.store.view(moves).count()).resolves.toBe(2);
  });

  it('leaves nothing to read of a row that is gone', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    await bench.store.waitFor(views, twoDeals(log), { timeoutMs });
    const read = bench.store.view(standing);
    await expect(read.get('b')).resolves.toBeUndefined();
    await expect(read.count()).resolves.toBe(1);
    await expect(collected(read.all())).resolves.toHaveLength(1);
    await expect(read.find()).resolves.toMatchObject({ rows: [{ id: 'a' }] });
  });

  it('holds after a replay what it held live', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const live = bench.run(log, views);
    await bench.store.waitFor(views, log.append('deal-a', opened('a')), { timeoutMs });
    const position = twoDeals(log);
    await bench.store.waitFor(views, position, { timeoutMs });
    const held = [await bench.documents('standing-v1'), await bench.documents('moves-v1')];
    await live.stop();
    await bench.wipe();
    bench.run(log, views);
    await bench.store.waitFor(views, position, { timeoutMs });
    expect([await bench.documents('standing-v1'), await bench.documents('moves-v1')]).toEqual(held);
    expect(held).toEqual(views.map((view) => foldedPlainly(view, log.recorded)));
  });

  it('ignores streams that do not feed the view', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    log.append('deal-a', opened('a'));
    const position = log.append('archive-b', opened('b'));
    await bench.store.waitFor(views, log.append('deal-a', moved('a', 'offer')), { timeoutMs });
    expect(position.commit).toBe(2n);
    await expect(bench.store.view(standing).count()).resolves.toBe(1);
  });

  it('gives the collection an index that is new, without building it again', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const first = bench.run(log, views);
    await bench.store.waitFor(views, twoDeals(log), { timeoutMs });
    await first.stop();
    const held = await bench.documents('standing-v1');
    bench.run(log, [{ ...standing, indexes: [...(standing.indexes ?? []), { moves: 1 }] }, moves]);
    await bench.store.waitFor(views, log.append('deal-c', opened('c')), { timeoutMs });
    const indexes = await bench.database.collection('standing-v1').indexes();
    expect(indexes.map(({ key }) => key)).toEqual([{ _id: 1 }, { stage: 1, amount: -1 }, { moves: 1 }]);
    expect((await bench.documents('standing-v1')).slice(0, held.length)).toEqual(held);
  });

  it('gives the collection its indexes', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    await bench.store.waitFor(views, twoDeals(log), { timeoutMs });
    const indexes = await bench.database.collection('standing-v1').indexes();
    expect(indexes.map(({ key }) => key)).toContainEqual({ stage: 1, amount: -1 });
  });
});
