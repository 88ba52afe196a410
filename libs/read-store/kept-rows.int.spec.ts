import { MemoryLog } from '@funnel/testing';
import { refusing, lost, moved, opened, standing, type Standing } from '../testing/toy-deals.ts';
import { ViewBench, eventually, timeoutMs } from '../testing/view-bench.ts';
import type { KeptRows } from './kept-rows.ts';

const stages = async (kept: KeptRows<Standing>): Promise<Record<string, string>> =>
  Object.fromEntries([...(await kept.all())].map(({ id, stage }) => [id, stage]));

describe('rows kept in memory', () => {
  it('are those of the view, with what was written since', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const kept = bench.store.keep(standing);
    expect(await stages(kept)).toEqual({});
    bench.run(log, [standing]);
    log.append('deal-1', opened('1', 10));
    await bench.store.waitFor([standing], log.append('deal-2', opened('2', 10)), { timeoutMs });
    expect(Object.keys(await stages(kept))).toEqual(['1', '2']);
    const { changes } = kept;
    log.append('deal-2', moved('2', 'offer'));
    log.append('deal-1', lost('1'));
    await bench.store.waitFor([standing], log.append('deal-3', opened('3', 10)), { timeoutMs });
    const rows = await bench.store.view(standing).find();
    expect(await stages(kept)).toEqual(Object.fromEntries(rows.rows.map(({ id, stage }) => [id, stage])));
    expect((await stages(kept))['2']).toBe('offer');
    expect(kept.changes).toBeGreaterThan(changes);
  });

  it('are not read again while nothing happens', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const kept = bench.store.keep(standing);
    bench.run(log, [standing]);
    await bench.store.waitFor([standing], log.append('deal-1', opened('1', 10)), { timeoutMs });
    const [before] = await kept.all();
    const { changes } = kept;
    expect([...(await kept.all())][0]).toBe(before);
    expect(kept.changes).toBe(changes);
  });

  it('have what was held back, once it is released', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    let refused: string | undefined = 'offer';
    const view = refusing(() => refused);
    const kept = bench.store.keep(view);
    bench.run(log, [view]);
    log.append('deal-1', opened('1', 10));
    log.append('deal-1', moved('1', 'offer'));
    await bench.store.waitFor([view], log.append('deal-2', opened('2', 10)), { timeoutMs });
    expect((await stages(kept))['1']).not.toBe('offer');
    refused = undefined;
    await bench.store.release(view.name, 'deal-1');
    await eventually(async () => (await stages(kept))['1'] === 'offer');
  });

  it('go on in the build that takes over', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const kept = bench.store.keep(standing);
    const running = bench.run(log, [standing]);
    await bench.store.waitFor([standing], log.append('deal-1', opened('1', 10)), { timeoutMs });
    await stages(kept);
    await bench.store.rebuild('standing');
    await eventually(() => running.events.some(({ kind }) => kind === 'flipped'));
    await bench.store.waitFor([standing], log.append('deal-2', opened('2', 10)), { timeoutMs });
    expect(Object.keys(await stages(kept))).toEqual(['1', '2']);
  });
});
