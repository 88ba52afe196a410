import { divideRounded } from '@funnel/kernel';
import { ExactSum } from '../exact-sum.ts';

/** What of all runs lies at most so high: P10, P50 and P90 by nearest rank; and their mean, rounded half away from zero. */
export interface Spread<Number> {
  readonly p10: Number;
  readonly p50: Number;
  readonly p90: Number;
  readonly mean: Number;
}

/** The smallest value that at least so many percent of the values do not exceed. */
export const nearestRank = (sorted: Float64Array, percent: number): number =>
  sorted[Math.max(1, Math.ceil((sorted.length * percent) / 100)) - 1] ?? 0;

const sumOf = (values: Float64Array): bigint => {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum.total;
};

/** Sorts what it is given. */
export const amountSpread = (values: Float64Array): Spread<bigint> => {
  values.sort();
  const [p10, p50, p90] = [10, 50, 90].map((percent) => BigInt(nearestRank(values, percent))) as [
    bigint,
    bigint,
    bigint,
  ];
  return { p10, p50, p90, mean: divideRounded(sumOf(values), BigInt(values.length)) };
};

/** Sorts what it is given; the mean to four places. */
export const countSpread = (values: Float64Array): Spread<number> => {
  values.sort();
  const places = 10_000n;
  const mean = Number(divideRounded(sumOf(values) * places, BigInt(values.length))) / Number(places);
  return { p10: nearestRank(values, 10), p50: nearestRank(values, 50), p90: nearestRank(values, 90), mean };
};
