import type { Projection } from '@funnel/kernel';
import { MemoryLog } from '@funnel/testing';
import { OtherVersion } from './faults.ts';
import { lost, moved, opened, refusing, standing, type ToyEvent } from '../testing/toy-deals.ts';
import { ViewBench, eventually, timeoutMs } from '../testing/view-bench.ts';

interface Headed {
  readonly heading: string;
}
/** The second version of `standing`, with another meaning. */
const headed: Projection<Headed, ToyEvent> = {
  name: 'standing',
  version: 2,
  streams: ['deal-'],
  keyOf: ({ data }) => data.deal,
  on: {
    Opened: (_, { data }) => ({ heading: data.deal }),
    Moved: (row, { data }) => row && { heading: `${data.deal}: ${data.stage}` },
    Lost: () => null,
  },
};
const deals = 2_500;

const filled = async (bench: ViewBench, log: MemoryLog) => {
  for (let deal = 0; deal < deals; deal++) log.append(`deal-${deal}`, opened(`${deal}`), moved(`${deal}`, 'contact'));
  const run = bench.run(log, [standing]);
  await bench.store.waitFor([standing], log.append('deal-0', moved('0', 'offer')), { timeoutMs });
  return run;
};
const otherVersion = Symbol('kept in another version');
const unlessOtherVersion = <Answer>(answer: Promise<Answer>): Promise<Answer | typeof otherVersion> =>
  answer.catch((error: unknown) => {
    if (error instanceof OtherVersion) return otherVersion;
    throw error;
  });
const hasFlipped =
  ({ events }: { events: readonly { kind: string }[] }) =>
  () =>
    events.some(({ kind }) => kind === 'flipped');

describe('a new version of a view', () => {
  it('takes over without a moment in which a row or an event is missing', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    await (await filled(bench, log)).stop();
    const [older, newer] = [bench.store.view(standing), bench.store.view(headed)];
    const run = bench.run(log, [headed], { timing: { retireMs: 2_000 } });
    const seen = new Set<string>();
    let isDropped = false;
    for (let round = 0; !isDropped; round++) {
      const id = `${round % deals}`;
      const old = await unlessOtherVersion(older.get(id));
      const row = old === otherVersion ? await newer.get(id) : old;
      seen.add(row ? ('heading' in row ? 'new' : 'old') : 'nothing');
      if (round % 50 === 0) {
        const count = await unlessOtherVersion(older.count());
        seen.add(`${count === otherVersion ? await newer.count() : count} rows`);
      }
      isDropped = run.events.some(({ kind }) => kind === 'dropped');
    }
    expect([...seen].sort()).toEqual([`${deals} rows`, 'new', 'old']);
    await expect(bench.documents('standing-v1')).resolves.toEqual([]);
    await bench.store.waitFor([headed], log.append('deal-1', moved('1', 'won')), { timeoutMs });
    await expect(newer.get('1')).resolves.toMatchObject({ heading: '1: won' });
  });

  it('is read by code of that version alone, and only once it has taken over', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    await (await filled(bench, log)).stop();
    const refusals = async <Row extends object>(view: Projection<Row, ToyEvent>) => {
      const { store } = bench;
      const reads = [store.view(view).get('0'), store.view(view).find(), store.keep(view).all()];
      const answers = await Promise.all([...reads, store.demandVersionOf([view])].map(unlessOtherVersion<unknown>));
      return answers.filter((answer) => answer === otherVersion).length;
    };
    expect([await refusals(standing), await refusals(headed)]).toEqual([0, 4]);
    await expect(bench.store.waitFor([headed], await log.head(), { timeoutMs: 50 })).resolves.toBe(false);
    bench.run(log, [headed]);
    await expect(bench.store.waitFor([headed], await log.head(), { timeoutMs })).resolves.toBe(true);
    expect([await refusals(standing), await refusals(headed)]).toEqual([4, 0]);
  });

  it('leaves the older one alone to the code that runs it until it has taken over', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const older = await filled(bench, log);
    const newer = bench.run(log, [headed]);
    await eventually(hasFlipped(newer));
    const late = bench.run(log, [standing]);
    await bench.store.waitFor([headed], log.append('deal-3', lost('3')), { timeoutMs });
    await expect(bench.store.view(headed).count()).resolves.toBe(deals - 1);
    expect(older.events.filter(({ kind }) => kind !== 'lease-lost')).toEqual([
      { kind: 'lease-taken', build: 'standing@1' },
    ]);
    expect(late.events).toEqual([]);
  });

  it('does not take over while it holds back a stream that the old one does not', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    await (await filled(bench, log)).stop();
    let refused: string | undefined = 'offer';
    const stricter = { ...refusing(() => refused), version: 2 };
    const run = bench.run(log, [stricter]);
    const building = async () => (await bench.store.status(log, [stricter]))[0]?.building;
    await eventually(async () => (await building())?.blocked !== undefined);
    await expect(bench.store.view(standing).get('0')).resolves.toMatchObject({ stage: 'offer' });
    await expect(building()).resolves.toMatchObject({ version: 2, blocked: expect.stringContaining('deal-0') });
    refused = undefined;
    await bench.store.release('standing', 'deal-0');
    await eventually(hasFlipped(run));
    await expect(bench.store.status(log, [stricter])).resolves.toMatchObject([{ version: 2, parked: [] }]);
  });

  it('does not take over with nothing in it', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    await (await filled(bench, log)).stop();
    const run = bench.run(log, [{ ...standing, version: 2, on: {} }]);
    await eventually(() => run.events.some(({ kind }) => kind === 'blocked'));
    await expect(bench.store.view(standing).count()).resolves.toBe(deals);
  });
});

describe('rebuilding a view', () => {
  it('lets who walks through all rows go on in the new ones', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    await (await filled(bench, log)).stop();
    await bench.database.collection('standing-v1').updateMany({}, { $set: { stage: 'damaged' } });
    const seen = { old: 0, new: 0 };
    const ids = new Set<string>();
    for await (const { id, stage } of bench.store.view(standing).all()) {
      if (ids.size === 0) {
        await bench.store.rebuild('standing');
        const { events } = bench.run(log, [standing], { timing: { retireMs: 1 } });
        await eventually(() => events.some(({ kind }) => kind === 'dropped'));
      }
      ids.add(id);
      seen[stage === 'damaged' ? 'old' : 'new'] += 1;
    }
    expect(ids.size).toBe(deals);
    expect(seen).toEqual({ old: 1_000, new: deals - 1_000 });
  });

  it('replaces damaged rows while the view goes on', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    const run = await filled(bench, log);
    await bench.database.collection('standing-v1').updateMany({}, { $set: { stage: 'damaged' } });
    await bench.store.rebuild('standing');
    await eventually(hasFlipped(run));
    await bench.store.waitFor([standing], log.append('deal-1', moved('1', 'won')), { timeoutMs });
    await expect(bench.store.view(standing).count({ stage: 'contact' })).resolves.toBe(deals - 2);
    await expect(bench.documents('standing-v1-r1')).resolves.toHaveLength(deals);
  });
});
