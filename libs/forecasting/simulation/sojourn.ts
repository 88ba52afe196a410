import type { PackedVisits, SortedVisits } from './packed-visits.ts';
import type { Random } from './random.ts';

/**
 * How long deals stay in a stage and where they go from it, drawn from the visits that were seen. Visits that last still count
 * for as long as they were seen: who draws one draws again among the longer ones. By that redistribution to the right
 * (Efron, 1967) lengths follow the curve of Kaplan and Meier, and exits the estimator of Aalen and Johansen for competing
 * risks. Who draws the longest of all, and it lasts still, stays for ever.
 */
export class Sojourn {
  readonly #words: Uint32Array;
  readonly #isWide: 0 | 1;
  readonly #exitBits: number;
  readonly #exitMask: number;
  readonly #exits: Uint32Array;
  readonly count: number;

  constructor({ words, count, isWide, exitBits, exits }: PackedVisits) {
    this.#words = words;
    this.#isWide = isWide;
    this.#exitBits = exitBits;
    this.#exitMask = 2 ** exitBits - 1;
    this.#exits = exits;
    this.count = count;
  }

  /** How many visits were not longer, in whole seconds. */
  upTo(dwell: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.dwellOf(middle) <= dwell) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Draws one of the visits from a place on; -1 for a stay that never ends. */
  draw(random: Random, from: number): number {
    let first = from;
    while (first < this.count) {
      const drawn = first + random.below(this.count - first);
      // The first of the exits is that of visits that last still.
      if ((this.#words[drawn << this.#isWide]! & this.#exitMask) !== 0) return drawn;
      first = drawn + 1;
    }
    return -1;
  }

  dwellOf(visit: number): number {
    return this.#isWide ? this.#words[visit * 2 + 1]! : this.#words[visit]! >>> this.#exitBits;
  }

  exitOf(visit: number): number {
    return this.#exits[this.#words[visit << this.#isWide]! & this.#exitMask]!;
  }
}

/** By exit, the share of all stays that leave by it sooner or later: what drawing comes to. */
export const exitShares = ({ exits }: SortedVisits, none: number): Map<number, number> => {
  const shares = new Map<number, number>();
  let staying = 1;
  for (let visit = 0; visit < exits.length; visit += 1) {
    const exit = exits[visit]!;
    if (exit === none) continue;
    const leaving = staying / (exits.length - visit);
    staying -= leaving;
    shares.set(exit, (shares.get(exit) ?? 0) + leaving);
  }
  return shares;
};
