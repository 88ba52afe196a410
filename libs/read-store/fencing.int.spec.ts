import { randomUUID } from 'node:crypto';
import { MemoryLog } from '@funnel/testing';
import { moved, opened, standing } from '../testing/toy-deals.ts';
import { ViewBench } from '../testing/view-bench.ts';
import { applyBatch, foldEntries, storeFolded } from './engine/batch.ts';
import { open, targetOf, type Build } from './engine/build.ts';
import type { Engine } from './engine/engine.ts';
import { select } from './engine/fold.ts';

const engineOf = (bench: ViewBench, log: MemoryLog): Engine => ({
  ...{ tables: bench.store.tables, log, signal: new AbortController().signal, tell: () => undefined },
  claim: { owner: 'worker', holder: randomUUID(), leaseMs: 0 },
  timing: { leaseMs: 0, tickMs: 1, restMs: 0, retireMs: 1 },
});

const openStanding = async (engine: Engine): Promise<Build> => {
  const build = await open(engine, standing, targetOf(standing, 0));
  if (!build) throw new Error('the lease is not free');
  return build;
};

/** The events from one place to another as one batch. */
const batchOf = (log: MemoryLog, from: number, to: number) => {
  const events = log.recorded.slice(from, to);
  return { events, position: log.recorded[to - 1]?.position ?? { commit: 0n, prepare: 0n }, caughtUp: false };
};

const twoDeals = () => {
  const log = new MemoryLog();
  log.append('deal-a', opened('a'));
  log.append('deal-b', opened('b'), moved('b', 'contact'));
  log.append('deal-a', moved('a', 'contact'), moved('a', 'offer'));
  return log;
};

describe('a writer that has lost its lease', () => {
  it('cannot put an old row over a newer one', async () => {
    await using bench = await ViewBench.start();
    const log = twoDeals();
    const [slow, next] = [engineOf(bench, log), engineOf(bench, log)];
    const stale = await openStanding(slow);
    await applyBatch(slow, [stale], batchOf(log, 0, 3));
    const entries = select(stale, log.recorded.slice(3, 4), () => false);
    const late = await foldEntries(slow, stale, entries);
    await applyBatch(next, [await openStanding(next)], batchOf(log, 3, 5));
    await storeFolded(slow, late);
    await expect(bench.isRight(log, [standing])).resolves.toBe(true);
  });

  it('cannot move the checkpoint', async () => {
    await using bench = await ViewBench.start();
    const log = twoDeals();
    const [slow, next] = [engineOf(bench, log), engineOf(bench, log)];
    const stale = await openStanding(slow);
    // Between the look at the lease and the checkpoint the other one takes over and gets ahead.
    const writes = slow.tables.writes('standing-v1');
    const overtaken = Object.create(writes) as typeof writes;
    overtaken.run = async (...args) => {
      const written = await writes.run(...args);
      await applyBatch(next, [await openStanding(next)], batchOf(log, 0, 5));
      return written;
    };
    const tables = { ...slow.tables, writes: () => overtaken };
    await expect(applyBatch({ ...slow, tables }, [stale], batchOf(log, 0, 3))).resolves.toEqual(new Set());
    expect(stale.position).toEqual({ commit: 0n, prepare: 0n });
    await expect(bench.documents('view-checkpoints')).resolves.toMatchObject([{ commit: '5', epoch: 2 }]);
  });
});

describe('events that come again together with new ones', () => {
  it('are taken into a row only once', async () => {
    await using bench = await ViewBench.start();
    const log = twoDeals();
    const first = engineOf(bench, log);
    const build = await openStanding(first);
    await applyBatch(first, [build], batchOf(log, 0, 4));
    await bench.database.collection('view-checkpoints').updateMany({}, { $set: { commit: '1', prepare: '1' } });
    const again = engineOf(bench, log);
    await applyBatch(again, [await openStanding(again)], batchOf(log, 1, 5));
    await expect(bench.isRight(log, [standing])).resolves.toBe(true);
  });

  it('take the place of a row that was written from fewer of them', async () => {
    await using bench = await ViewBench.start();
    const log = twoDeals();
    const first = engineOf(bench, log);
    await applyBatch(first, [await openStanding(first)], batchOf(log, 0, 2));
    await bench.database.collection('view-checkpoints').updateMany({}, { $set: { commit: '0', prepare: '0' } });
    const again = engineOf(bench, log);
    await applyBatch(again, [await openStanding(again)], batchOf(log, 0, 5));
    await expect(bench.isRight(log, [standing])).resolves.toBe(true);
  });
});
