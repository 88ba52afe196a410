import { instantOf, kindAt, kindOf, statusOf } from '../history/columns.ts';
import { status } from '../history/rows.ts';
import { spanOfUnits } from '../history/times.ts';
import type { Stretch } from '../stretch.ts';
import { Beginnings } from './beginnings.ts';
import { factsEach, placeBefore } from './holdings.ts';
import type { Pass } from './pass.ts';

/** Finds what was not found before. */
export class Finding {
  readonly #pass: Pass;
  #beginnings: Beginnings | undefined;

  constructor(pass: Pass) {
    this.#pass = pass;
  }

  /** Sees to it that a lot is found. @returns its deals */
  found(lot: number): Stretch {
    const { dealsInLot, heldUntil, isFound } = this.#pass.holdings;
    const deals = { from: lot * dealsInLot, until: Math.min(heldUntil.length, (lot + 1) * dealsInLot) };
    if (Atomics.load(isFound, lot) === 0) {
      this.#beginnings ??= new Beginnings(this.#pass.ends);
      findHolding(this.#pass, deals, this.#beginnings);
      Atomics.store(isFound, lot, 1);
    }
    return deals;
  }
}

/**
 * Most rows did not hold at a period end, and whether one did is no question that the processor would have to guess the
 * answer of, but a number to go on by: each row is written down, and written over by the next one unless it held.
 */
const findHolding = (pass: Pass, stretch: Stretch, { table, firstSpan, ends }: Beginnings): void => {
  const { rows } = pass;
  const { first, end, funnelOf, units } = rows;
  const { held, heldUntil } = pass.holdings;
  // Told to be whole numbers of 32 bits here, they need not be asked for it row by row.
  const [from, until, funnel, afterAll] = [stretch.from | 0, stretch.until | 0, pass.funnel | 0, ends.length - 1];
  const lastPlace = table.length - 1;
  let place = placeBefore(pass.holdings, from) | 0;
  for (let deal = from; deal < until; deal += 1) {
    let row = first[deal]! | 0;
    const stop = funnelOf[deal] === funnel ? end[deal]! | 0 : row;
    let before = afterAll;
    for (; row < stop; row += 1) {
      let period = table[Math.max(0, Math.min(lastPlace, spanOfUnits(units[row]!) - firstSpan))]!;
      if (period < 0) for (period = ~period; ends[period]! < instantOf(rows, row);) period += 1;
      held[place] = row - 1;
      held[place + 1] = before | (period << 16);
      place += ((before - period) >>> 31) * factsEach;
      before = period;
    }
    // What a deal was closed by holds for good, and nobody asks for it.
    if (before !== afterAll && statusOf(rows, row - 1) === status.open) {
      held[place] = row - 1;
      held[place + 1] = before | (afterAll << 16);
      place += factsEach;
    }
    heldUntil[deal] = place;
  }
};

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
  const wanted = kindOf(wantedCurrency, status.open);
  for (let place = placeBefore(holdings, deal); place < heldUntil[deal]!; place += factsEach) {
    const [row, span] = [held[place]!, held[place + 1]!];
    if (kindAt(rows, row) === wanted) visit(row, span & 0xffff, span >>> 16);
  }
};
