import { randomUUID } from 'node:crypto';
import { logStart, type LogBatch } from '@funnel/kernel';
import { MemoryLog } from '@funnel/testing';
import fc from 'fast-check';
import { applyBatch } from './engine/batch.ts';
import { open, targetOf } from './engine/build.ts';
import type { Engine } from './engine/engine.ts';
import { lost, moved, moves, opened, standing, type ToyEvent } from '../testing/toy-deals.ts';
import { ViewBench } from '../testing/view-bench.ts';
import type { Tables } from './tables.ts';

class Crash extends Error {}

/** The real collections, in front of a process that dies before some of its writes. */
const dyingBefore = (tables: Tables, isLast: () => boolean): Tables => {
  const mortal = <Writer extends object>(writer: Writer, method: keyof Writer): Writer =>
    new Proxy(writer, {
      get: (target, name) => {
        if (name === method && isLast()) throw new Crash();
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  return {
    ...tables,
    checkpoints: mortal(tables.checkpoints, 'bulkWrite'),
    writes: (name) => mortal(tables.writes(name), 'run'),
  };
};

const deal = fc.constantFrom('a', 'b');
const fact: fc.Arbitrary<ToyEvent> = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(deal, fc.nat(9)).map(([name, amount]) => opened(name, amount)) },
  {
    weight: 4,
    arbitrary: fc.tuple(deal, fc.constantFrom('contact', 'offer')).map(([name, stage]) => moved(name, stage)),
  },
  { weight: 1, arbitrary: deal.map(lost) },
);
const views = [standing, moves];

/** One life of a worker: from its checkpoints on, in batches of these sizes, until the end of the log or its own. */
const live = async (engine: Engine, log: MemoryLog, size: () => number): Promise<void> => {
  const builds = (await Promise.all(views.map((view) => open(engine, view, targetOf(view, 0))))).filter(
    (b) => b !== null,
  );
  const [{ position } = { position: logStart }] = builds.toSorted((one, other) =>
    Number(one.position.commit - other.position.commit),
  );
  const ahead = log.recorded.slice(Number(position.commit));
  while (ahead.length > 0) {
    const events = ahead.splice(0, size());
    const batch: LogBatch = { events, position: events.at(-1)?.position ?? position, caughtUp: ahead.length === 0 };
    await applyBatch(engine, builds, batch);
  }
};

const livesUntilDone = async (engine: Omit<Engine, 'claim'>, log: MemoryLog, size: () => number): Promise<void> => {
  // A lease that runs out at once: the next life need not wait for the dead to be given up.
  const claim = () => ({ owner: 'worker', holder: randomUUID(), leaseMs: 0 });
  for (;;) {
    try {
      return await live({ ...engine, claim: claim() }, log, size);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
};

describe('any history, in any batches, with crashes anywhere', () => {
  it('gives the documents of a plain fold', async () => {
    await using bench = await ViewBench.start();
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 });
    const crashes = fc.array(fc.boolean(), { maxLength: 40, size: 'max' });
    const holds = async (facts: readonly ToyEvent[], given: readonly number[], dying: readonly boolean[]) => {
      const log = new MemoryLog();
      for (const each of facts) log.append(`deal-${each.data.deal}`, each);
      const [ahead, writes] = [[...given], [...dying]];
      const engine = {
        ...{ log, signal: new AbortController().signal, timing: { leaseMs: 0, tickMs: 1, restMs: 0, retireMs: 1 } },
        ...{ tables: dyingBefore(bench.store.tables, () => writes.shift() ?? false), tell: () => undefined },
      };
      await bench.wipe();
      await livesUntilDone(engine, log, () => ahead.shift() ?? 6);
      return bench.isRight(log);
    };
    const history = fc.array(fact, { minLength: 10, maxLength: 40, size: 'max' });
    await fc.assert(fc.asyncProperty(history, sizes, crashes, holds), { numRuns: 50 });
  });
});
