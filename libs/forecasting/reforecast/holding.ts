import { status, type Rows } from '../history/rows.ts';
import { Beginnings } from './beginnings.ts';
import type { Aim, Pass, Stretch } from './pass.ts';

/**
 * Which rows of a funnel's deals held at period ends, and at which of them: all that a pass has to look for, whatever group,
 * horizon or next step it adds up by. Found lot by lot by whoever needs one first, in memory that other threads see.
 */
export interface Holdings {
  readonly dealsInLot: number;
  /** Rows, one after the other, {@link factsEach} numbers each. What is not written to takes no memory. */
  readonly held: Int32Array;
  /** By lot: its first place in `held`. Each has as many rows' room as its deals have rows, and uses nobody else's. */
  readonly heldFrom: Int32Array;
  /** By deal: the place in `held` after its last row. */
  readonly heldUntil: Int32Array;
  /** By lot: 1 once it was found. */
  readonly isFound: Int32Array;
}

/** The row; from which period on it held and, 16 bits higher, before which it did not any more. */
export const factsEach = 2;

/** So few that what was found of them is in the nearest caches still when it is added up. */
const usualLot = 1_024;

/** What holdings are found in. */
interface Room {
  readonly dealsInLot?: number;
  /** Holdings that nobody asks for any more: what comes is found in their memory, where it has room. */
  readonly spare?: Holdings | undefined;
}

const bufferFor = (bytes: number, spare: Holdings | undefined): ArrayBufferLike => {
  const known = spare?.held.buffer;
  return known && known.byteLength >= bytes ? known : new SharedArrayBuffer(bytes + bytes / 4);
};

/** Nothing found yet. */
export const holdingsIn = ({ first, end, at }: Rows, { dealsInLot = usualLot, spare }: Room = {}): Holdings => {
  const lots = Math.ceil(first.length / dealsInLot);
  const lengths = [lots, lots, first.length, at.length * factsEach];
  const bytes = lengths.reduce((sum, length) => sum + length * Int32Array.BYTES_PER_ELEMENT, 0);
  const buffer = bufferFor(bytes, spare);
  let offset = 0;
  const [isFound, heldFrom, heldUntil, held] = lengths.map((length) => {
    const part = new Int32Array(buffer, offset, length);
    offset += part.byteLength;
    return part;
  }) as [Int32Array, Int32Array, Int32Array, Int32Array];
  isFound.fill(0);
  let rows = 0;
  for (let lot = 0; lot < lots; lot += 1) {
    heldFrom[lot] = rows * factsEach;
    const until = Math.min(first.length, (lot + 1) * dealsInLot);
    for (let deal = lot * dealsInLot; deal < until; deal += 1) rows += end[deal]! - first[deal]!;
  }
  return { dealsInLot, held, heldFrom, heldUntil, isFound };
};

/** Finds what was not found before. */
export class Finding {
  readonly #aim: Aim;
  readonly #holdings: Holdings;
  #beginnings: Beginnings | undefined;

  constructor(aim: Aim, holdings: Holdings) {
    this.#aim = aim;
    this.#holdings = holdings;
  }

  /** Sees to it that a lot is found. @returns its deals */
  found(lot: number): Stretch {
    const { dealsInLot, heldUntil, isFound } = this.#holdings;
    const deals = { from: lot * dealsInLot, until: Math.min(heldUntil.length, (lot + 1) * dealsInLot) };
    if (Atomics.load(isFound, lot) === 0) {
      this.#beginnings ??= new Beginnings(this.#aim.ends);
      findHolding(this.#aim, deals, { holdings: this.#holdings, beginnings: this.#beginnings });
      Atomics.store(isFound, lot, 1);
    }
    return deals;
  }
}

interface Holding {
  readonly holdings: Holdings;
  readonly beginnings: Beginnings;
}

/**
 * Most rows did not hold at a period end, and whether one did is no question that the processor would have to guess the
 * answer of, but a number to go on by: each row is written down, and written over by the next one unless it held.
 */
const findHolding = (aim: Aim, stretch: Stretch, { holdings, beginnings }: Holding): void => {
  const { first, end, funnelOf, at, day, status: statuses } = aim.rows;
  const { held, heldUntil } = holdings;
  const { table, ends } = beginnings;
  // Told to be whole numbers of 32 bits here, they need not be asked for it row by row.
  const [from, until, funnel, afterAll] = [stretch.from | 0, stretch.until | 0, aim.funnel | 0, ends.length - 1];
  let place = placeBefore(holdings, from) | 0;
  for (let deal = from; deal < until; deal += 1) {
    let row = first[deal]! | 0;
    const stop = funnelOf[deal] === funnel ? end[deal]! | 0 : row;
    let before = afterAll;
    for (; row < stop; row += 1) {
      let period = table[day[row]!]!;
      if (period < 0) for (period = ~period; ends[period]! < at[row]!;) period += 1;
      held[place] = row - 1;
      held[place + 1] = before | (period << 16);
      place += ((before - period) >>> 31) * factsEach;
      before = period;
    }
    // What a deal was closed by holds for good, and nobody asks for it.
    if (before !== afterAll && statuses[row - 1] === status.open) {
      held[place] = row - 1;
      held[place + 1] = before | (afterAll << 16);
      place += factsEach;
    }
    heldUntil[deal] = place;
  }
};

/** The place in `held` of the first row of a deal. */
export const placeBefore = ({ dealsInLot, heldFrom, heldUntil }: Holdings, deal: number): number =>
  deal % dealsInLot === 0 ? heldFrom[deal / dealsInLot]! : heldUntil[deal - 1]!;

/**
 * Calls for every row of a deal, in order, in which it stood open at period ends: with the first period and the first one no
 * more. Its lot is found.
 */
export const eachOpen = (
  { rows, wantedCurrency, holdings }: Pass,
  deal: number,
  visit: (row: number, first: number, until: number) => void,
): void => {
  const { held, heldUntil } = holdings;
  for (let place = placeBefore(holdings, deal); place < heldUntil[deal]!; place += factsEach) {
    const [row, span] = [held[place]!, held[place + 1]!];
    const isWanted = rows.status[row] === status.open && rows.currency[row] === wantedCurrency;
    if (isWanted) visit(row, span & 0xffff, span >>> 16);
  }
};
