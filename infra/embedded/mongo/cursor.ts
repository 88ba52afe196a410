import { Long } from 'bson';
import { randomInt } from 'node:crypto';
import { failure } from './errors.ts';
import type { Results } from './querying/results.ts';
import type { Collection } from './storage/collection.ts';

const idleLimitMilliseconds = 10 * 60_000;
/** A cursor that is not to be timed out still goes with its session. */
const sessionLimitMilliseconds = 30 * 60_000;
const maximumBatchBytes = 16 * 1024 * 1024;

export interface CursorOptions {
  readonly namespace: string;
  readonly results: Results;
  /** The session in which it was opened, if any; the cursor goes when the session is ended. */
  readonly session: string | null;
  readonly isTimeless?: boolean;
  /** Stays open at its end, since more may come there. */
  readonly tail?: Tail;
}

export interface Tail {
  readonly collection: Collection;
  /** Whoever asks for more is ready to wait for it. */
  readonly awaitsData: boolean;
}

/** An open cursor: its documents, with the one that did not fit into the last batch. */
export class Cursor {
  readonly namespace: string;
  readonly session: string | null;
  readonly tail: Tail | undefined;
  readonly #results: Results;
  readonly #idleLimit: number;
  #waiting: Buffer | undefined;
  usedAt = Date.now();

  constructor({ namespace, results, session, isTimeless = false, tail }: CursorOptions) {
    this.namespace = namespace;
    this.session = session;
    this.tail = tail;
    this.#results = results;
    const timeless = session === null ? Number.POSITIVE_INFINITY : sessionLimitMilliseconds;
    this.#idleLimit = isTimeless ? timeless : idleLimitMilliseconds;
  }

  /** At most so many documents, and at least one if there is any; 16 MB at most otherwise. */
  take(count: number): Buffer[] {
    const batch: Buffer[] = [];
    let size = 0;
    while (batch.length < count) {
      const document = this.#peek();
      if (!document || (batch.length > 0 && size + document.length > maximumBatchBytes)) break;
      batch.push(document);
      size += document.length;
      this.#waiting = undefined;
    }
    return batch;
  }

  /** From here on the collection may change between batches. */
  settle(): void {
    this.#results.settle();
  }

  /** Looks ahead, and keeps what it finds in a copy: the stored bytes are good until the next write only. */
  isExhausted(): boolean {
    const next = this.#peek();
    if (next) this.#waiting = Buffer.from(next);
    return next === undefined;
  }

  isOverdue(now: number): boolean {
    return now - this.usedAt > this.#idleLimit;
  }

  #peek(): Buffer | undefined {
    this.#waiting ??= this.#results.next();
    return this.#waiting;
  }
}

const zero = Long.fromNumber(0);

export class Cursors {
  readonly #open = new Map<string, Cursor>();
  timedOut = 0;

  get size(): number {
    return this.#open.size;
  }

  /** The id under which the rest can be fetched; zero when there is no rest. */
  keep(cursor: Cursor): Long {
    if (!cursor.tail && cursor.isExhausted()) return zero;
    cursor.settle();
    const id = new Long(randomInt(1, 2 ** 31), randomInt(0, 2 ** 31));
    this.#open.set(id.toString(), cursor);
    return id;
  }

  get(id: string, namespace: string): Cursor {
    const cursor = this.#open.get(id);
    if (!cursor) throw failure('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw failure(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = Date.now();
    return cursor;
  }

  close(id: string): boolean {
    return this.#open.delete(id);
  }

  /** Closes the cursors of these sessions; of all sessions when none is named. */
  closeOf(sessions: ReadonlySet<string> | null): void {
    for (const [id, { session }] of this.#open) {
      if (session !== null && (sessions === null || sessions.has(session))) this.#open.delete(id);
    }
  }

  closeIdle(now: number): void {
    for (const [id, cursor] of this.#open) {
      if (!cursor.isOverdue(now)) continue;
      this.#open.delete(id);
      this.timedOut++;
    }
  }
}
