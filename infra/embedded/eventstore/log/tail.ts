import type { RecordedEvent } from './record.ts';

/** An event just committed, with the answer that shows it to a reader. */
export type CommittedEvent = Pick<RecordedEvent, 'id' | 'stream' | 'type' | 'revision' | 'position'> & {
  message: Buffer;
};

/** Events that a reader takes at a time. */
const maxTaken = 100;

/** The part of a limit that is forgotten at once: all that stay move up each time. */
const forgotten = 0.25;

/** How much of the log is kept in memory; up to a quarter more events until they are forgotten together. */
export interface TailLimits {
  maxEvents?: number;
  maxBytes?: number;
}

/**
 * The newest events, in memory, for the subscriptions that keep up: one bounded copy for all of them. Whoever falls
 * behind its start reads from the database again.
 */
export class Tail {
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  readonly #waiting = new Set<() => void>();
  #events: CommittedEvent[] = [];
  #bytes = 0;
  #last: number;

  /** Positions are consecutive; `last` is the newest one in the database. */
  constructor(last: number, { maxEvents = 4096, maxBytes = 16 * 1024 * 1024 }: TailLimits = {}) {
    this.#last = last;
    this.#maxEvents = maxEvents;
    this.#maxBytes = maxBytes;
  }

  /** The position of the newest committed event, 0 if there is none. */
  get last(): number {
    return this.#last;
  }

  push(events: readonly CommittedEvent[]): void {
    for (const event of events) {
      this.#events.push(event);
      this.#bytes += event.message.length;
      this.#last = event.position;
    }
    this.#forgetOldest();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** The first of what was committed after a position, oldest first; undefined if that reaches back too far. */
  after(position: number): CommittedEvent[] | undefined {
    const first = this.#last - this.#events.length + 1;
    if (position + 1 < first) return undefined;
    const from = Math.max(0, position + 1 - first);
    // Not all at once: whoever takes them slowly holds on to them, long after they are forgotten here.
    return this.#events.slice(from, from + maxTaken);
  }

  /** Calls back once, at the next commit. The result takes the wish back. */
  onNext(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  /** There may be more events than wanted for a while, never more bytes. */
  #forgetOldest(): void {
    const { length } = this.#events;
    if (length <= (1 + forgotten) * this.#maxEvents && this.#bytes <= this.#maxBytes) return;
    let surplus = 0;
    const isTooMuch = (): boolean =>
      length - surplus > this.#maxEvents || this.#bytes > (1 - forgotten) * this.#maxBytes;
    while (surplus < length - 1 && isTooMuch()) this.#bytes -= this.#events[surplus++]!.message.length;
    this.#events.splice(0, surplus);
  }
}
