import { Told } from './told.ts';

/** So many events may wait for their rows (5 MB): what is decoded in between crowds the caches, which rows need. */
export const mostWaiting = 131_072;
const batchRoom = 4_096;

/** What was decoded and has no row yet, in the order of the log: batches, made as they are needed. */
export class Waiting {
  readonly batches: Told[] = [];

  get count(): number {
    return this.batches.reduce((sum, { count }) => sum + count, 0);
  }

  /** Whether so many events more are too many. */
  isFullFor(events: number): boolean {
    return this.batches.length === mostWaiting / batchRoom && !this.#lastWithRoomFor(events);
  }

  /** Where so many events are told next. */
  placeFor(events: number): Told {
    const last = this.#lastWithRoomFor(events);
    if (last) return last;
    const next = new Told(batchRoom);
    this.batches.push(next);
    return next;
  }

  /** Nothing waits any more. */
  clear(): void {
    this.batches.splice(1);
    for (const batch of this.batches) batch.count = 0;
  }

  #lastWithRoomFor(events: number): Told | undefined {
    const last = this.batches.at(-1);
    return last && last.count + events <= last.room ? last : undefined;
  }
}
