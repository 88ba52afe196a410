import { aspects, carryOn, copyRow, enlarge, glimpse, type Columns } from './columns.ts';
import { compacted, roomFor } from './compacting.ts';
import { dayOf } from './days.ts';
import { status } from './rows.ts';
import { Runs, type KeptRuns } from './runs.ts';
import type { Told } from './told.ts';

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
  /** What {@link lookAt} saw last: nobody needs it, but what is not kept would not be looked at either. */
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

  /**
   * To be called before some rows are added that are told: each goes on from one that lies anywhere, in eleven columns, and
   * memory is waited for once where many are asked for at a time, but each time where they are asked for one after the other.
   */
  lookAt(told: readonly Told[]): void {
    const { end, deals } = this.#runs;
    let glimpses = 0;
    for (const { deal } of told) if (deal < deals) glimpses += glimpse(this.#columns, end[deal]! - 1);
    this.#seen[0] = glimpses;
  }

  /** The first row of the next deal, with room for as many as deals have on average. `event`: the number of the event that told it. */
  begin(told: Told, event: number): void {
    const row = this.#length;
    const mean = Math.ceil((event + 1) / (this.#runs.deals + 1));
    this.#reserve(Math.min(mean, mostFirstRoom));
    this.#runs.begin(row, this.#length);
    this.#columns.event[row] = event;
    this.#write(told, row, row);
  }

  /** One more row of a deal, wherever its business time puts it. `event`: the number of the event that told it. */
  add(told: Told, event: number): void {
    const isLate = told.at < this.#columns.at[this.#runs.end[told.deal]! - 1]!;
    if (isLate) this.#insert(told, event);
    else this.#append(told, event);
    if (this.#abandoned > fewRows && this.#abandoned > this.#length / 6) this.compact();
  }

  /** Puts all deals one after the other, with room only where more is to come. */
  compact(): void {
    this.#length = compacted(this.#columns, this.#runs.kept);
    this.#abandoned = 0;
  }

  #append(told: Told, event: number): void {
    const { deal, change } = told;
    const { end, limit } = this.#runs;
    if (end[deal] === limit[deal]) this.#makeRoom(deal);
    const row = end[deal]!;
    end[deal] = row + 1;
    this.#columns.event[row] = event;
    this.#write(told, row, row - 1);
    if (change.changed & aspects.status && change.status !== status.open) this.#giveBack(deal);
  }

  /** A row that goes on from another one, but for what was told. */
  #write({ at, change }: Told, row: number, before: number): void {
    const columns = this.#columns;
    const { changed } = change;
    columns.at[row] = at;
    columns.day[row] = dayOf(at);
    columns.changed[row] = changed;
    columns.stage[row] = changed & aspects.stage ? change.stage : columns.stage[before]!;
    columns.status[row] = changed & aspects.status ? change.status : columns.status[before]!;
    columns.owner[row] = changed & aspects.owner ? change.owner : columns.owner[before]!;
    columns.weight[row] = changed & aspects.weight ? change.weight : columns.weight[before]!;
    columns.due[row] = changed & aspects.step ? change.due : columns.due[before]!;
    const isWorth = (changed & aspects.worth) !== 0;
    columns.minor[row] = isWorth ? change.minor : columns.minor[before]!;
    columns.currency[row] = isWorth ? change.currency : columns.currency[before]!;
  }

  /** Among the rows of a deal, all of which move: what stands there may be being read. */
  #insert(told: Told, event: number): void {
    const { deal } = told;
    this.#move(deal);
    const { first, end } = this.#runs;
    // A change of a deal cannot be older than the deal: it counts from the beginning.
    const at = Math.max(told.at, this.#columns.at[first[deal]!]!);
    const row = this.#freeRow(deal, at);
    end[deal]! += 1;
    this.#columns.event[row] = event;
    this.#write({ ...told, at }, row, row - 1);
    for (let next = row + 1; next < end[deal]!; next += 1) carryOn(this.#columns, next, next - 1);
  }

  /** Shifts what came later by one. @returns the row that is free now */
  #freeRow(deal: number, at: number): number {
    let row = this.#runs.end[deal]!;
    for (; this.#columns.at[row - 1]! > at; row -= 1) {
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
    const { length } = this.#columns.at;
    if (this.#length > length) enlarge(this.#columns, Math.max(this.#length, length + Math.min(length, mostRoom)));
  }
}
