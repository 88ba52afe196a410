import type { Random } from './random.ts';

/** Visits of one stage by their length in whole seconds, at equal lengths those that ended first. */
export interface SortedVisits {
  readonly dwells: Uint32Array;
  readonly exits: Uint32Array;
}

/**
 * How long deals stay in a stage and where they go from it, drawn from the visits that were seen. Visits that last still count
 * for as long as they were seen: who draws one draws again among the longer ones. By that redistribution to the right
 * (Efron, 1967) lengths follow the curve of Kaplan and Meier, and exits the estimator of Aalen and Johansen for competing
 * risks. Who draws the longest of all, and it lasts still, stays for ever.
 */
export class Sojourn {
  /** Length and exit of one visit after another: side by side and small, since chance jumps about in them. */
  readonly #visits: Uint32Array;
  readonly #none: number;
  readonly count: number;

  /** `times` tells how often each visit counts; `none` is the exit of visits that last still. */
  constructor({ dwells, exits }: SortedVisits, times: Uint8Array, none: number) {
    this.#none = none;
    this.count = times.reduce((sum, counts) => sum + counts, 0);
    this.#visits = new Uint32Array(this.count * 2);
    for (let [visit, place] = [0, 0]; visit < times.length; visit += 1) {
      for (let again = times[visit]!; again > 0; again -= 1) {
        this.#visits[place++] = dwells[visit]!;
        this.#visits[place++] = exits[visit]!;
      }
    }
  }

  /** How many visits were not longer, in whole seconds. */
  upTo(dwell: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#visits[middle * 2]! <= dwell) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Draws one of the visits from a place on; -1 for a stay that never ends. */
  draw(random: Random, from: number): number {
    let first = from;
    while (first < this.count) {
      const drawn = first + random.below(this.count - first);
      if (this.#visits[drawn * 2 + 1] !== this.#none) return drawn;
      first = drawn + 1;
    }
    return -1;
  }

  dwellOf(visit: number): number {
    return this.#visits[visit * 2]!;
  }

  exitOf(visit: number): number {
    return this.#visits[visit * 2 + 1]!;
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
