import { MemoryLog } from '@funnel/testing';
import { moved, moves, opened, standing } from '../testing/toy-deals.ts';
import { ViewBench, timeoutMs } from '../testing/view-bench.ts';

const views = [standing, moves];

describe('waiting for views', () => {
  it('lets many writers read their own writes at the same time', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    const write = async (deal: string) => {
      log.append(`deal-${deal}`, opened(deal));
      const arrived = await bench.store.waitFor(views, log.append(`deal-${deal}`, moved(deal, deal)), { timeoutMs });
      return [arrived, (await bench.store.view(standing).get(deal))?.stage];
    };
    const deals = Array.from({ length: 200 }, (_, number) => `${number}`);
    await expect(Promise.all(deals.map(write))).resolves.toEqual(deals.map((deal) => [true, deal]));
  });

  it('gives up when the time is over', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, views);
    log.append('deal-b', opened('b'));
    const { commit, prepare } = log.append('deal-a', opened('a'));
    const never = { commit: commit + 1n, prepare: prepare + 1n };
    await expect(bench.store.waitFor(views, never, { timeoutMs: 50 })).resolves.toBe(false);
    await expect(bench.store.waitFor(views, { commit, prepare }, { timeoutMs })).resolves.toBe(true);
  });

  it('waits for all of the views, not for the first', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, [standing]);
    log.append('deal-b', opened('b'));
    const position = log.append('deal-a', opened('a'));
    await expect(bench.store.waitFor([standing], position, { timeoutMs })).resolves.toBe(true);
    await expect(bench.store.waitFor(views, position, { timeoutMs: 50 })).resolves.toBe(false);
  });

  it('stops when the caller has gone', async () => {
    await using bench = await ViewBench.start();
    const leaving = new AbortController();
    const waiting = bench.store.waitFor(views, { commit: 1n, prepare: 1n }, { timeoutMs, signal: leaving.signal });
    leaving.abort();
    await expect(waiting).resolves.toBe(false);
  });
});
