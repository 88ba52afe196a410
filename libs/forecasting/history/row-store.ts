import { writeChange, type Change } from './change.ts';
import { carryOn, copyRow, enlarge, type Columns } from './columns.ts';
import { compacted, roomFor } from './compacting.ts';
import { dayOf } from './days.ts';
import type { codes } from './growing.ts';

/** When something counts (business time), and the number of the event that told it. */
export interface Told {
  readonly at: number;
  readonly event: number;
}

/** Which rows belong to each deal, and up to where it may have more without moving. */
export interface Runs {
  readonly first: ReturnType<typeof codes>;
  readonly end: ReturnType<typeof codes>;
  readonly limit: ReturnType<typeof codes>;
}

/** What a store is begun with: columns that were kept, and which rows belong to which deal. */
export interface KeptRows extends Runs {
  readonly columns: Columns;
  /** Up to where the columns are in use. */
  readonly length: number;
  readonly abandoned: number;
}

/** More room than this is not made at once: there is a process to fit into. */
const mostRoom = 2 ** 20;

/** Below this, what was abandoned is not worth compacting. */
const fewRows = 65_536;

/**
 * The rows of all deals. The rows of one deal stand together; one that grows out of its place moves to the end, and what
 * it leaves is dropped now and then. A row that was written once is never written again, so that whoever has looked up the
 * runs can read on while others are added.
 */
export class RowStore {
  readonly #runs: Runs;
  #columns: Columns;
  #length: number;
  /** Rows that belong to no deal any more. */
  #abandoned: number;

  constructor({ columns, length, abandoned, first, end, limit }: KeptRows) {
    this.#runs = { first, end, limit };
    this.#columns = columns;
    this.#length = length;
    this.#abandoned = abandoned;
  }

  /** What is there now. To be read before the next change. */
  get kept(): KeptRows {
    return { ...this.#runs, columns: this.#columns, length: this.#length, abandoned: this.#abandoned };
  }

  /** The first row of the next deal. */
  begin(told: Told, change: Change): void {
    const { first, end, limit } = this.#runs;
    const row = this.#length;
    this.#reserve(1);
    first.push(row);
    end.push(row + 1);
    limit.push(row + 1);
    this.#write(row, told, change);
  }

  /** One more row of a deal, wherever its business time puts it. */
  add(deal: number, told: Told, change: Change): void {
    const { first, end, limit } = this.#runs;
    const begun = first.at(deal)!;
    // A change of a deal cannot be older than the deal: it counts from the beginning.
    const at = Math.max(told.at, this.#columns.at[begun]!);
    const isLate = at < this.#columns.at[end.at(deal)! - 1]!;
    if (isLate) this.#move(deal);
    else if (end.at(deal) === limit.at(deal)) this.#makeRoom(deal);
    const row = isLate ? this.#insertAt(deal, at) : end.at(deal)!;
    end.put(deal, end.at(deal)! + 1);
    this.#write(row, { at, event: told.event }, change);
    for (let next = row; next < end.at(deal)!; next += 1) carryOn(this.#columns, next, next - 1);
    if (this.#abandoned > fewRows && this.#abandoned > this.#length / 6) this.compact();
  }

  /** Puts all deals one after the other, with room only where more is to come. */
  compact(): void {
    this.#length = compacted(this.#columns, this.#runs);
    this.#abandoned = 0;
  }

  #write(row: number, { at, event }: Told, change: Change): void {
    this.#columns.at[row] = at;
    this.#columns.day[row] = dayOf(at);
    this.#columns.event[row] = event;
    writeChange(this.#columns, row, change);
  }

  /** Shifts what came later by one. @returns the row that is free now */
  #insertAt(deal: number, at: number): number {
    let row = this.#runs.end.at(deal)!;
    for (; this.#columns.at[row - 1]! > at; row -= 1) {
      copyRow(this.#columns, row - 1, { to: this.#columns, place: row });
    }
    return row;
  }

  #makeRoom(deal: number): void {
    const { limit } = this.#runs;
    if (limit.at(deal) !== this.#length) return this.#move(deal);
    this.#reserve(1);
    limit.put(deal, this.#length);
  }

  /** To the end, with room for some more. */
  #move(deal: number): void {
    const { first, end, limit } = this.#runs;
    const [from, until] = [first.at(deal)!, end.at(deal)!];
    const to = this.#length;
    this.#reserve(until - from + roomFor(until - from));
    for (let row = from; row < until; row += 1) {
      copyRow(this.#columns, row, { to: this.#columns, place: to + row - from });
    }
    this.#abandoned += limit.at(deal)! - from;
    first.put(deal, to);
    end.put(deal, to + until - from);
    limit.put(deal, this.#length);
  }

  #reserve(rows: number): void {
    this.#length += rows;
    const { length } = this.#columns.at;
    if (this.#length > length) enlarge(this.#columns, Math.max(this.#length, length + Math.min(length, mostRoom)));
  }
}
