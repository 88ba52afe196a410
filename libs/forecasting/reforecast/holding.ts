import { status } from '../history/rows.ts';
import { upper, type Beginnings } from './beginnings.ts';
import { factsEach, type Block } from './block.ts';
import type { Pass, Stretch } from './pass.ts';

/** By whether a deal was won: what makes the instant of its last row the one when it was won, or none at all. */
const gates = Float64Array.of(NaN, 0);

interface Winning {
  readonly block: Block;
  /** By row: what is summed up. */
  readonly values: Float64Array;
}

/**
 * Tells when deals were won and what for, where that is all there is to it: once, in the last row, not to be taken back.
 * What is realized then depends on one instant. @returns the other deals that were won: there are few
 */
export const findWins = ({ rows }: Pass, stretch: Stretch, { block, values }: Winning): number[] => {
  const { first, end, winsOf, at, status: statuses } = rows;
  const { wins } = block;
  const [from, until] = [stretch.from | 0, stretch.until | 0];
  const others: number[] = [];
  for (let deal = from; deal < until; deal += 1) {
    const last = end[deal]! - 1;
    const isWon = +(statuses[last] === status.won);
    const wasWon = isWon & +(statuses[Math.max(first[deal]!, last - 1)] === status.won);
    const isOther = wasWon | (winsOf[deal]! - isWon);
    if (isOther !== 0) others.push(deal);
    const place = (deal - from) * 2;
    wins[place] = at[last]! + gates[isOther === 0 ? isWon : 0]!;
    wins[place + 1] = values[last]!;
  }
  return others;
};

interface Holding {
  readonly block: Block;
  readonly beginnings: Beginnings;
  /** Of the instants of all rows. */
  readonly halves: Int32Array;
}

/**
 * Finds the rows that held at period ends. Most did not, and whether one did is no question that the processor would have
 * to guess the answer of, but a number to go on by. @returns how many
 */
export const findHolding = (pass: Pass, stretch: Stretch, { block, beginnings, halves }: Holding): number => {
  const { first, end, funnelOf, at, status: statuses } = pass.rows;
  const { held } = block;
  const { table, ends } = beginnings;
  // Told to be whole numbers of 32 bits here, they need not be asked for it row by row.
  const [from, until, base, shift] = [stretch.from | 0, stretch.until | 0, beginnings.base | 0, beginnings.shift | 0];
  const [half, funnel, lastPlace, afterAll] = [upper | 0, pass.funnel | 0, table.length - 1, ends.length - 1];
  let place = 0;
  for (let deal = from; deal < until; deal += 1) {
    if (funnelOf[deal] !== funnel) continue;
    const stop = end[deal]! | 0;
    const own = (deal - from) | 0;
    let before = afterAll;
    let row = first[deal]! | 0;
    for (; row < stop; row += 1) {
      const then = halves[row * 2 + half]!;
      let period = table[then < base ? 0 : Math.min(lastPlace, (then - base) >> shift)]!;
      if (period < 0) for (period = ~period; ends[period]! < at[row]!;) period += 1;
      held[place] = row - 1;
      held[place + 1] = before | (period << 16);
      held[place + 2] = own;
      place += ((before - period) >>> 31) * factsEach;
      before = period;
    }
    // What a deal was closed by holds for good, and nobody asks for it.
    if (before === afterAll || statuses[row - 1] !== status.open) continue;
    held[place] = row - 1;
    held[place + 1] = before | (afterAll << 16);
    held[place + 2] = own;
    place += factsEach;
  }
  return place / factsEach;
};
