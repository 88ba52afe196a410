import { noDigits, type Digits } from './digits.ts';

/** Amounts in cells; which group each cell adds to, and which term says what it weighs. */
export interface Weighable {
  readonly amounts: Digits;
  readonly groups: Uint32Array;
  readonly terms: Uint32Array;
}

/**
 * Sums up amount × weight by group, exactly: a digit of 26 bits times a weight of 14 leaves room for 8,000 cells a group.
 * `weights`: by term, in 1/10,000.
 */
export const weigh = ({ amounts, groups, terms }: Weighable, weights: Float64Array, groupCount: number): Digits => {
  const sums = noDigits(groupCount);
  const [low, middle, high] = amounts;
  const [lowSums, middleSums, highSums] = sums;
  for (let cell = 0; cell < groups.length; cell += 1) {
    const group = groups[cell]!;
    const weight = weights[terms[cell]!]!;
    lowSums[group]! += low[cell]! * weight;
    middleSums[group]! += middle[cell]! * weight;
    highSums[group]! += high[cell]! * weight;
  }
  return sums;
};
