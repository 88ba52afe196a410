import type { EventStore } from '@funnel/event-store';
import { History } from '@funnel/forecasting';
import { comparePositions, isReadable, logStart, type Position, type Recorded } from '@funnel/kernel';
import type { SalesEvent } from '@funnel/sales';

/** The history that forecasts are made from, fed by the log as it grows. */
export class FollowedHistory {
  readonly history = new History();
  position: Position = logStart;
  unreadableEvents = 0;
  #progress = Promise.withResolvers<void>();

  constructor(private readonly store: EventStore) {}

  /** Reads on until the signal aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    // Every stream: only so does the position reach the end of the log, whatever was written last.
    for await (const batch of this.store.follow({ streams: [], signal })) {
      for (const event of batch.events) {
        if (isReadable(event)) this.history.add(event as Recorded<SalesEvent>);
        else this.unreadableEvents += 1;
      }
      this.position = batch.position;
      this.#progress.resolve();
      this.#progress = Promise.withResolvers();
    }
  }

  /** Whether everything that is in the log by now was read in time. */
  async isCurrent(withinMs: number): Promise<boolean> {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), withinMs);
    try {
      const head = await this.store.head();
      while (comparePositions(this.position, head) < 0) {
        if ((await Promise.race([this.#progress.promise, late.promise])) === 'late') return false;
      }
      return true;
    } finally {
      clearTimeout(timer);
    }
  }
}
