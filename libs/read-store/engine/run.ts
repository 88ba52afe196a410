import { randomUUID } from 'node:crypto';
import type { EventLog } from '@funnel/kernel';
import type { ReadStore } from '../read-store.ts';
import type { AnyProjection, Engine, EngineEvent, Timing } from './engine.ts';
import { pause, untilStored } from './retry.ts';
import { Runner } from './runner.ts';

const usualTiming: Timing = { leaseMs: 5_000, tickMs: 200, restMs: 250, retireMs: 10_000 };

export interface RunViews {
  readonly store: ReadStore;
  readonly log: EventLog;
  readonly views: readonly AnyProjection[];
  /** Who runs, for people: shown beside the lease. */
  readonly owner: string;
  readonly signal: AbortSignal;
  /** Told of everything worth a line in a log. */
  readonly onEvent?: (event: EngineEvent) => void;
  readonly timing?: Partial<Timing>;
}

/**
 * Keeps the views up with the log until the signal aborts; then hands its leases back and resolves. Any number of runs may
 * share a store: each build of a view is written by one at a time. It waits out faults of the store and of the log.
 */
export const runViews = async ({ store, log, views, owner, signal, onEvent, timing }: RunViews): Promise<void> => {
  const times = { ...usualTiming, ...timing };
  const claim = { owner, holder: randomUUID(), leaseMs: times.leaseMs };
  const tell = onEvent ?? (() => undefined);
  const engine: Engine = { tables: store.tables, log, claim, timing: times, signal, tell };
  const runner = new Runner(engine, views);
  try {
    while (!signal.aborted) {
      await untilStored(engine, () => runner.tick());
      await pause(times.tickMs, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await runner.stop();
  }
};
