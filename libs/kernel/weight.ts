import { divideRounded } from './money.ts';

/** Win probability in 1/10,000, so that products and sums stay exact integers. */
export type Weight = number;

export const wholeWeight: Weight = 10_000;

/** A decimal with at most four places, 0..1, as 1/10,000; `undefined` for anything else. */
export const parseWeight = (decimal: number): Weight | undefined => {
  const weight = Math.round(decimal * wholeWeight);
  const exact = Math.abs(decimal * wholeWeight - weight) < 1e-9;
  return exact && weight >= 0 && weight <= wholeWeight ? weight : undefined;
};

/** Σ minor × weight, exact, in 1/10,000 of a minor unit → minor units, rounded half away from zero (only to show it). */
export const roundWeighted = (weighted: bigint): bigint => divideRounded(weighted, BigInt(wholeWeight));
