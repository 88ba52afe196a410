import { Long } from 'bson';
import { randomInt } from 'node:crypto';
import { failure } from './errors.ts';
import type { Results } from './querying/results.ts';

const idleLimitMilliseconds = 10 * 60_000;
const maximumBatchBytes = 16 * 1024 * 1024;

/** An open cursor: its documents, with the one that did not fit into the last batch. */
export class Cursor {
  readonly #results: Results;
  #waiting: Buffer | undefined;
  usedAt = Date.now();

  constructor(
    readonly namespace: string,
    /** The connection that opened it; the cursor goes when the connection does. */
    readonly owner: object,
    results: Results,
  ) {
    this.#results = results;
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

  #peek(): Buffer | undefined {
    this.#waiting ??= this.#results.next();
    return this.#waiting;
  }
}

const zero = Long.fromNumber(0);

export class Cursors {
  readonly #open = new Map<string, Cursor>();

  get size(): number {
    return this.#open.size;
  }

  /** The id under which the rest can be fetched; zero when there is no rest. */
  keep(cursor: Cursor): Long {
    if (cursor.isExhausted()) return zero;
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

  closeOwnedBy(owner: object): void {
    for (const [id, cursor] of this.#open) if (cursor.owner === owner) this.#open.delete(id);
  }

  closeIdle(now: number): void {
    for (const [id, cursor] of this.#open) if (now - cursor.usedAt > idleLimitMilliseconds) this.#open.delete(id);
  }
}
