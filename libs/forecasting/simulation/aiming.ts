import type { DealsInPlay, Future } from './future.ts';
import { inflowOf } from './inflow.ts';
import type { Observed } from './observed.ts';
import type { Random } from './random.ts';
import type { SimulationRequest } from './request.ts';
import { nearestRank } from './spread.ts';
import { mostAdded, type Target, type TargetAnswer } from './target.ts';

/** Fewer of one's own say too little of what a prospect is: those of all are taken then. */
const leastOwn = 20;

/** Which of the latest arrivals the prospects to add are like. */
const patternsOf = ({ counting }: DealsInPlay, latest: Uint32Array): Uint32Array => {
  const own = latest.filter((arrival) => counting[arrival] === 1);
  return own.length >= leastOwn ? own : latest;
};

/**
 * Adds prospects in every future, one after another, until the target is reached. That so many suffice in so many of 100 futures
 * is the nearest rank of what the futures needed.
 */
export class Aiming {
  readonly #arrivals: DealsInPlay;
  readonly #patterns: Uint32Array;
  readonly #target: Target;
  readonly #needed: Float64Array;

  constructor(
    { runs, asOf }: SimulationRequest,
    { arrivals: seen }: Observed,
    { target, arrivals }: { target: Target; arrivals: DealsInPlay },
  ) {
    this.#arrivals = arrivals;
    this.#target = target;
    this.#patterns = patternsOf(arrivals, inflowOf(seen, asOf, target.likeWeeks).places);
    this.#needed = new Float64Array(runs);
  }

  /** How many it takes in one future, once everything else in it has been drawn. */
  note(run: number, future: Future, random: Random): void {
    let missing = this.#target.amount - future.towards;
    let added = 0;
    for (; missing > 0 && added <= mostAdded; added += 1) {
      const pattern = this.#patterns[random.below(this.#patterns.length)];
      if (pattern !== undefined && future.isWonInTime(this.#arrivals, pattern)) {
        missing -= this.#arrivals.amounts[pattern]!;
      }
    }
    this.#needed[run] = added;
  }

  get answer(): TargetAnswer {
    const reached = this.#needed.filter((added) => added === 0).length / this.#needed.length;
    const enough = nearestRank(this.#needed.slice().sort(), this.#target.chance);
    return { reached, needed: enough > mostAdded ? null : enough, like: this.#patterns.length };
  }
}
