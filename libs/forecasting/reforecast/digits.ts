import { step } from '../history/columns.ts';
import type { Rows } from '../history/rows.ts';

/** Exact whole numbers in three digits to the base 2^26, each column one digit, the lowest first. */
export type Digits = readonly [Float64Array, Float64Array, Float64Array];

/** What each digit is below, where nothing was added to it. */
export const base = 2 ** 26;
const bigBase = BigInt(base);

export const noDigits = (count: number): Digits => [
  new Float64Array(count),
  new Float64Array(count),
  new Float64Array(count),
];

/** Numbers that stand so many places from each other. */
export interface Amounts {
  readonly values: Float64Array;
  readonly step: number;
}
export const inOneColumn = (values: Float64Array): Amounts => ({ values, step: 1 });
/** By row. */
export const amountsOf = ({ minor }: Rows): Amounts => ({ values: minor, step: step.minor });

/** Amounts as columns whose sums are exact in plain numbers: as they are, or their lower and their higher digits. */
export type Halves = readonly [Amounts] | readonly [lower: Amounts, higher: Amounts];

/** `largestSum`: no sum of the amounts of different deals is larger. */
export const exactHalves = (amounts: Amounts, largestSum: number): Halves => {
  if (largestSum <= Number.MAX_SAFE_INTEGER) return [amounts];
  const { values, step } = amounts;
  const count = Math.ceil(values.length / step);
  const lower = new Float64Array(count);
  const higher = new Float64Array(count);
  for (let place = 0; place < count; place += 1) {
    const amount = values[place * step]!;
    higher[place] = Math.floor(amount / base);
    lower[place] = amount - higher[place]! * base;
  }
  return [inOneColumn(lower), inOneColumn(higher)];
};

/** Whole numbers in digits: each lower one + its higher one × 2^26, where there is one. */
export const digitsOf = (lower: Float64Array, higher?: Float64Array): Digits => {
  const [lows, middles, highs] = noDigits(lower.length);
  for (let place = 0; place < lower.length; place += 1) {
    const carried = Math.floor(lower[place]! / base);
    const middle = (higher ? higher[place]! : 0) + carried;
    const high = Math.floor(middle / base);
    lows[place] = lower[place]! - carried * base;
    middles[place] = middle - high * base;
    highs[place] = high;
  }
  return [lows, middles, highs];
};

/** Adds what stands at a place of other digits. Any digit may be added up to 2^27 times. */
export const addDigits = (
  to: Digits,
  place: number,
  { from, place: there }: { readonly from: Digits; readonly place: number },
): void => {
  to[0][place]! += from[0][there]!;
  to[1][place]! += from[1][there]!;
  to[2][place]! += from[2][there]!;
};

const words = new Int32Array(2);
const bigs = new BigInt64Array(words.buffer);

/** The same as `BigInt`, several times as fast. Whole numbers only, exact ones. */
const bigOf = (value: number): bigint => {
  const higher = Math.floor(value / 2 ** 32);
  words[0] = value - higher * 2 ** 32;
  words[1] = higher;
  return bigs[0]!;
};

/** What stands at a place, where its digits may be too large for the base. */
export const bigAt = ([low, middle, high]: Digits, place: number): bigint => {
  const sum = low[place]! + middle[place]! * base;
  if (high[place] === 0 && Math.abs(sum) <= Number.MAX_SAFE_INTEGER) return bigOf(sum);
  return BigInt(low[place]!) + (BigInt(middle[place]!) + BigInt(high[place]!) * bigBase) * bigBase;
};
