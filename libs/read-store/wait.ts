import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '@funnel/kernel';
import type { Aliases, ReadView } from './aliases.ts';
import { isAfter, readPosition } from './checkpoint.ts';
import { isStoreFault } from './faults.ts';
import type { Tables } from './tables.ts';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}
interface Waiter {
  readonly views: readonly ReadView[];
  readonly position: Position;
  readonly settle: (arrived: boolean) => void;
}

const firstPauseMs = 5;
const longestPauseMs = 50;

/** Waits for views to reach a position. However many wait, the checkpoints are asked for once a round. */
export class Arrivals {
  private readonly waiters = new Set<Waiter>();
  private pauseMs = firstPauseMs;
  private isPolling = false;

  constructor(
    private readonly tables: Pick<Tables, 'checkpoints'>,
    private readonly aliases: Aliases,
  ) {}

  /** Whether all of the views took in everything up to the position in time. */
  async waitFor(views: readonly ReadView[], position: Position, { timeoutMs, signal }: WaitOptions): Promise<boolean> {
    if (signal?.aborted) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const waiter: Waiter = { views, position, settle: resolve };
    const giveUp = () => resolve(false);
    const timer = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.waiters.add(waiter);
    this.pauseMs = firstPauseMs;
    if (!this.isPolling) void this.poll();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      this.waiters.delete(waiter);
    }
  }

  private async poll(): Promise<void> {
    this.isPolling = true;
    while (this.waiters.size > 0) {
      await this.look([...this.waiters]);
      await delay(this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 1.5, longestPauseMs);
    }
    this.isPolling = false;
  }

  private async look(waiters: readonly Waiter[]): Promise<void> {
    try {
      const reached = await this.reachedBy([...new Set(waiters.flatMap(({ views }) => views.map(({ name }) => name)))]);
      for (const { views, position, settle } of waiters) {
        const hasArrived = ({ name, version }: ReadView) => {
          const at = reached.get(name);
          return at?.version === version && !isAfter(position, at.position);
        };
        if (views.every(hasArrived)) settle(true);
      }
    } catch (error) {
      // While the store is away nobody arrives; each waiter has a deadline of its own.
      if (!isStoreFault(error)) for (const { settle } of waiters) settle(false);
    }
  }

  /** How far the build in force of each view is. Looks the aliases up afresh: what is read next must not be an older build. */
  private async reachedBy(
    views: readonly string[],
  ): Promise<Map<string, { readonly version: number; readonly position: Position }>> {
    const [aliases, checkpoints] = await Promise.all([
      this.aliases.fresh(views),
      this.tables.checkpoints.find({ view: { $in: [...views] } }).toArray(),
    ]);
    const inForce = new Set(aliases.map(({ build }) => build));
    return new Map(
      checkpoints
        .filter(({ _id }) => inForce.has(_id))
        .map((checkpoint) => [checkpoint.view, { version: checkpoint.version, position: readPosition(checkpoint) }]),
    );
  }
}
