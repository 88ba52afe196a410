import { carryOn, copyRow, enlarge, eventIn, glimpse, instantOf, restIn, roomIn, type Columns } from './columns.ts';
import { compacted, roomFor } from './compacting.ts';
import { Runs, type KeptRuns } from './runs.ts';
import { writeTold, type Told } from './told.ts';

/** What a store is begun with: columns that were kept, and which rows belong to which deal. */
export interface KeptRows extends KeptRuns {
  readonly columns: Columns;
  /** Up to where the columns are in use. */
  readonly length: number;
  readonly abandoned: number;
}

/** More room than this is not made at once: there is a process to fit into. */
const mostRoom = 2 ** 20;

/** Below this, what was abandoned is not worth compacting. */
const fewRows = 65_536;

/** More than this is not kept free for a deal that begins. */
const mostFirstRoom = 16;

/**
 * The rows of all deals. The rows of one deal stand together; one that grows out of its place moves to the end, and what
 * it leaves is dropped now and then. A row that was written once is never written again, so that whoever has looked up the
 * runs can read on while others are added.
 */
export class RowStore {
  readonly #runs: Runs;
  readonly #columns: Columns;
  #length: number;
  /** Rows that belong to no deal any more. */
  #abandoned: number;
  /** What was seen last of the rows that are gone on from: nobody needs it, but what is not kept would not be looked at either. */
  readonly #seen = new Float64Array(1);

  constructor({ columns, length, abandoned, ...runs }: KeptRows) {
    this.#runs = new Runs(runs);
    this.#columns = columns;
    this.#length = length;
    this.#abandoned = abandoned;
  }

  /** What is there now. To be read before the next change. */
  get kept(): KeptRows {
    return { ...this.#runs.kept, columns: this.#columns, length: this.#length, abandoned: this.#abandoned };
  }

  /** Adds a row for each of what is told, from one place of it until before another, wherever its business time puts it. */
  take(told: Told, from: number, until: number): void {
    this.#lookAt(told, from, until);
    for (let place = from; place < until;) {
      const reached = this.#giveRows(told, place, until);
      writeTold(this.#columns, told, { from: place, until: reached });
      place = reached < until ? this.#takeLate(told, reached) : until;
    }
    if (this.#abandoned > fewRows && this.#abandoned > this.#length / 6) this.compact();
  }

  /** Puts all deals one after the other, with room only where more is to come. */
  compact(): void {
    this.#length = compacted(this.#columns, this.#runs.kept);
    this.#abandoned = 0;
  }

  /**
   * Rows go on from others that lie anywhere: memory is waited for once where many are asked for at a time, but each time
   * where they are asked for one after the other.
   */
  #lookAt({ deal: deals, row: rows }: Told, from: number, until: number): void {
    const { end, limit, deals: count } = this.#runs;
    let glimpses = 0;
    for (let place = from; place < until; place += 1) {
      const deal = deals[place]! | 0;
      rows[place] = deal < count ? end[deal]! - 1 : 0;
      if (deal < count) glimpses ^= limit[deal]!;
    }
    this.#seen[0] = glimpses + glimpse(this.#columns, rows, { from, until });
  }

  /**
   * Gives each the row after the last one of its deal, as long as there is one free and it comes after the last one in time,
   * too. Times are written at once. @returns the place of the first that is not that simple
   */
  #giveRows(told: Told, from: number, until: number): number {
    const { deal: deals, units: unitsTold, ownerAndRest: ownersTold, row: rows } = told;
    let { end, limit } = this.#runs;
    let { units, ownerAndRest } = this.#columns;
    for (let place = from; place < until; place += 1) {
      const deal = deals[place]! | 0;
      if (deal === this.#runs.deals) {
        this.#begin(told, place);
        ({ end, limit } = this.#runs);
        ({ units, ownerAndRest } = this.#columns);
        continue;
      }
      const row = end[deal]! | 0;
      const words = Math.imul(row, 6);
      const unitsNow = unitsTold[place]!;
      const ownerAndRestNow = ownersTold[place]!;
      const unitsThen = units[row - 1]!;
      if (row === limit[deal] || unitsNow < unitsThen) return place;
      if (unitsNow === unitsThen && restIn(ownerAndRestNow) < restIn(ownerAndRest[words - 6]!)) return place;
      end[deal] = row + 1;
      rows[place] = row;
      units[row] = unitsNow;
      ownerAndRest[words] = ownerAndRestNow;
      if (told.closes(place)) this.#giveBack(deal);
    }
    return until;
  }

  /** The first row of the next deal, with room for as many as deals have on average. */
  #begin(told: Told, place: number): void {
    const row = this.#length;
    const mean = Math.ceil((eventIn(told.eventAndAspects[place]!) + 1) / (this.#runs.deals + 1));
    this.#reserve(Math.min(mean, mostFirstRoom));
    this.#runs.begin(row, this.#length);
    this.#giveRow(told, place, row);
  }

  #giveRow(told: Told, place: number, row: number): void {
    told.row[place] = row;
    this.#columns.units[row] = told.units[place]!;
    this.#columns.ownerAndRest[Math.imul(row, 6)] = told.ownerAndRest[place]!;
  }

  /** @returns the place of what is to be taken next: the same one where its deal has room now */
  #takeLate(told: Told, place: number): number {
    const deal = told.deal[place]!;
    if (told.instant(place) < instantOf(this.#columns, this.#runs.end[deal]! - 1)) {
      this.#insert(told, place);
      return place + 1;
    }
    this.#makeRoom(deal);
    return place;
  }

  /** Among the rows of a deal, all of which move: what stands there may be being read. */
  #insert(told: Told, place: number): void {
    const deal = told.deal[place]!;
    this.#move(deal);
    const { first, end } = this.#runs;
    // A change of a deal cannot be older than the deal: it counts from the beginning.
    told.countFrom(instantOf(this.#columns, first[deal]!), place);
    const row = this.#freeRow(deal, told.instant(place));
    end[deal]! += 1;
    this.#giveRow(told, place, row);
    writeTold(this.#columns, told, { from: place, until: place + 1 });
    for (let next = row + 1; next < end[deal]!; next += 1) carryOn(this.#columns, next, next - 1);
  }

  /** Shifts what came later by one. @returns the row that is free now */
  #freeRow(deal: number, at: number): number {
    let row = this.#runs.end[deal]!;
    for (; instantOf(this.#columns, row - 1) > at; row -= 1) {
      copyRow(this.#columns, row - 1, { to: this.#columns, place: row });
    }
    return row;
  }

  #makeRoom(deal: number): void {
    const { limit } = this.#runs;
    if (limit[deal] !== this.#length) return this.#move(deal);
    this.#reserve(1);
    limit[deal] = this.#length;
  }

  /** To the end, with room for some more. */
  #move(deal: number): void {
    const { first, end, limit } = this.#runs;
    const [from, until] = [first[deal]!, end[deal]!];
    const to = this.#length;
    this.#reserve(until - from + roomFor(until - from));
    for (let row = from; row < until; row += 1) {
      copyRow(this.#columns, row, { to: this.#columns, place: to + row - from });
    }
    this.#abandoned += limit[deal]! - from;
    first[deal] = to;
    end[deal] = to + until - from;
    limit[deal] = this.#length;
  }

  /** A closed deal has seldom more to tell. */
  #giveBack(deal: number): void {
    const { end, limit } = this.#runs;
    const unused = limit[deal]! - end[deal]!;
    if (limit[deal] === this.#length) this.#length -= unused;
    else this.#abandoned += unused;
    limit[deal] = end[deal]!;
  }

  #reserve(rows: number): void {
    this.#length += rows;
    const room = roomIn(this.#columns);
    if (this.#length > room) enlarge(this.#columns, Math.max(this.#length, room + Math.min(room, mostRoom)));
  }
}
