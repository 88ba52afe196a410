import { status } from '../history/rows.ts';
import type { Beginnings } from './beginnings.ts';
import { factsEach, type Block } from './block.ts';
import type { Pass, Stretch } from './pass.ts';

interface Holding {
  readonly block: Block;
  readonly beginnings: Beginnings;
}

/**
 * Finds the rows that held at period ends. Most did not, and whether one did is no question that the processor would have
 * to guess the answer of, but a number to go on by.
 */
export const findHolding = (pass: Pass, stretch: Stretch, { block, beginnings }: Holding): void => {
  const { first, end, funnelOf, at, day, status: statuses } = pass.rows;
  const { held, heldUntil } = block;
  const { table, ends } = beginnings;
  // Told to be whole numbers of 32 bits here, they need not be asked for it row by row.
  const [from, until, funnel, afterAll] = [stretch.from | 0, stretch.until | 0, pass.funnel | 0, ends.length - 1];
  let place = 0;
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
    heldUntil[deal - from] = place;
  }
};
