import { MemoryLog } from '@funnel/testing';
import { lost, moved, moves, opened, refusing, standing } from '../testing/toy-deals.ts';
import { ViewBench, eventually, timeoutMs } from '../testing/view-bench.ts';

/** Deal `a` meets a stage that `standing` has no rule for; deal `b` does not. */
const poisoned = async (bench: ViewBench, log: MemoryLog) => {
  let refused: string | undefined = 'mystery';
  const views = [refusing(() => refused), moves];
  const run = bench.run(log, views);
  log.append('deal-a', opened('a'), moved('a', 'contact'), moved('a', 'mystery'));
  log.append('deal-b', opened('b'));
  log.append('deal-a', moved('a', 'offer'));
  await bench.store.waitFor(views, log.append('deal-b', moved('b', 'contact')), { timeoutMs });
  const mend = () => (refused = undefined);
  const parked = async () => (await bench.store.status(log, views))[0]?.parked ?? [];
  return { views, run, mend, parked };
};

describe('an event that a view cannot fold', () => {
  it('holds back its stream in that view and nothing else', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    await poisoned(bench, log);
    await expect(bench.store.view(standing).get('a')).resolves.toMatchObject({ stage: 'contact', moves: 1 });
    await expect(bench.store.view(standing).get('b')).resolves.toMatchObject({ stage: 'contact', moves: 1 });
    await expect(bench.store.view(moves).count()).resolves.toBe(4);
    await expect(bench.store.heldBack('standing', ['deal-a', 'deal-b'])).resolves.toEqual(new Set(['deal-a']));
    await expect(bench.store.heldBack('moves', ['deal-a', 'deal-b'])).resolves.toEqual(new Set());
  });

  it('is told in the status: which stream, from where, and why', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const { parked, run } = await poisoned(bench, log);
    const expected = {
      stream: 'deal-a',
      fromRevision: 2,
      eventId: 'event-3',
      attempts: 3,
      error: 'no rule for mystery',
    };
    await expect(parked()).resolves.toEqual([{ ...expected, at: expect.any(Number) }]);
    expect(run.events).toContainEqual(
      expect.objectContaining({ kind: 'parked', build: 'standing@1', stream: 'deal-a' }),
    );
  });

  it('heals on release: everything held back is folded in order, and the stream flows again', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const { views, mend, parked } = await poisoned(bench, log);
    mend();
    await expect(bench.store.release('standing', 'deal-a')).resolves.toBe(true);
    await eventually(async () => (await parked()).length === 0);
    await expect(bench.isRight(log)).resolves.toBe(true);
    await bench.store.waitFor(views, log.append('deal-a', moved('a', 'won')), { timeoutMs });
    await expect(bench.isRight(log)).resolves.toBe(true);
  });

  it('stays parked when it is released too early', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const { parked } = await poisoned(bench, log);
    await bench.store.release('standing', 'deal-a');
    await eventually(async () => (await parked())[0]?.attempts === 6);
    await expect(bench.store.view(standing).get('a')).resolves.toMatchObject({ stage: 'contact' });
  });

  it('is still held back after a restart', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const { views, run, mend } = await poisoned(bench, log);
    await run.stop();
    mend();
    bench.run(log, views);
    await bench.store.waitFor(views, log.append('deal-a', moved('a', 'won')), { timeoutMs });
    await expect(bench.store.view(standing).get('a')).resolves.toMatchObject({ stage: 'contact' });
  });

  it('concerns every view of the stream where nobody can read it', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const views = [standing, moves];
    bench.run(log, views);
    log.append('deal-a', opened('a'), moved('a', 'contact'));
    log.appendUnreadable('deal-a', 'MovedFar');
    log.append('deal-b', opened('b'));
    await bench.store.waitFor(views, log.append('deal-a', moved('a', 'offer')), { timeoutMs });
    const parked = async () => (await bench.store.status(log, views)).map((view) => view.parked[0]?.fromRevision);
    await expect(parked()).resolves.toEqual([2, 2]);
    log.teach('MovedFar', () => ({ deal: 'a' }));
    for (const { name } of views) await bench.store.release(name, 'deal-a');
    await eventually(async () => (await parked()).every((revision) => revision === undefined));
    await expect(bench.isRight(log)).resolves.toBe(true);
  });

  it('says so where there is nothing to release', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const { views } = await poisoned(bench, log);
    await bench.store.waitFor(views, log.append('deal-b', lost('b')), { timeoutMs });
    await expect(bench.store.release('standing', 'deal-b')).resolves.toBe(false);
  });
});
