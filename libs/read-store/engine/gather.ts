import type { LogBatch } from '@funnel/kernel';

/** Events that wait at most: while the store is busy with a batch, the reader is to have something left to do. */
const enough = 16_000;

const together = (batches: readonly LogBatch[]): LogBatch | undefined => {
  const last = batches.at(-1);
  return last && { ...last, events: batches.length === 1 ? last.events : batches.flatMap(({ events }) => events) };
};

/** What has been read and not been taken yet. */
class Backlog {
  private waiting: LogBatch[] = [];
  private count = 0;
  private failure: { readonly error: unknown } | undefined;
  private isAtEnd = false;
  private isLeft = false;
  private changed = Promise.withResolvers<void>();

  async fill(batches: AsyncIterable<LogBatch>): Promise<void> {
    try {
      for await (const batch of batches) {
        this.waiting.push(batch);
        this.count += batch.events.length;
        this.change();
        while (this.count >= enough && !this.isLeft) await this.changed.promise;
      }
    } catch (error) {
      this.failure = { error };
    }
    this.isAtEnd = true;
    this.change();
  }

  async take(): Promise<LogBatch | undefined> {
    for (;;) {
      const batch = together(this.waiting);
      this.waiting = [];
      this.count = 0;
      if (batch) {
        this.change();
        return batch;
      }
      if (this.failure) throw this.failure.error;
      if (this.isAtEnd) return undefined;
      await this.changed.promise;
    }
  }

  /** Nobody takes any more: the filling need not wait for room. */
  leave(): void {
    this.isLeft = true;
    this.change();
  }

  private change(): void {
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }
}

/**
 * Reads on while the consumer is busy with a batch, by some thousands of events; what has come by then is its next batch.
 * So the store is asked seldom and a row that changes often is written seldom when there is much to catch up with.
 */
export async function* gathered(read: (signal: AbortSignal) => AsyncIterable<LogBatch>, signal: AbortSignal) {
  const leaving = new AbortController();
  const backlog = new Backlog();
  const filled = backlog.fill(read(AbortSignal.any([signal, leaving.signal])));
  try {
    for (let batch = await backlog.take(); batch; batch = await backlog.take()) yield batch;
  } finally {
    leaving.abort();
    backlog.leave();
    await filled;
  }
}
