import { divideRounded } from '@funnel/kernel';
import { ExactSum } from './exact-sum.ts';

/** Of a set of durations; seconds with the milliseconds kept, `null` where there are none. */
export interface DurationStatistics {
  readonly count: number;
  /** Of an even count the mean of the two middle ones. */
  readonly medianSeconds: number | null;
  /** Nearest rank. */
  readonly p90Seconds: number | null;
  /** Rounded to the millisecond. */
  readonly meanSeconds: number | null;
}

/** Exact, of whole numbers. */
export const sumOf = (numbers: readonly number[]): bigint => {
  const sum = new ExactSum();
  for (const number of numbers) sum.add(number);
  return sum.total;
};

const at = (values: Float64Array, index: number): number => values[index] as number;

/**
 * Moves values until the one at `place` is the one that sorting would put there, none before it is greater, and none after
 * it is less (Hoare's FIND). What stands before `from` is left alone.
 */
const settle = (values: Float64Array, place: number, from: number): void => {
  let [low, high] = [from, values.length - 1];
  while (low < high) {
    const pivot = at(values, (low + high) >> 1);
    let [left, right] = [low, high];
    while (left <= right) {
      while (at(values, left) < pivot) left += 1;
      while (at(values, right) > pivot) right -= 1;
      if (left > right) break;
      const value = at(values, left);
      values[left] = at(values, right);
      values[right] = value;
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
};

/** The values at these places of the sorted ones; places are in order. */
const ranked = (values: readonly number[], places: readonly number[]): number[] => {
  const settled = new Float64Array(values);
  let from = 0;
  return places.map((place) => {
    settle(settled, place, from);
    from = place;
    return at(settled, place);
  });
};

/** Of durations in whole milliseconds. */
export const durationStatistics = (durations: readonly number[]): DurationStatistics => {
  const count = durations.length;
  if (count === 0) return { count, medianSeconds: null, p90Seconds: null, meanSeconds: null };
  const middles = [(count - 1) >> 1, count >> 1];
  const [lower = 0, upper = 0, p90 = 0] = ranked(durations, [...middles, Math.ceil((count * 9) / 10) - 1]);
  return {
    count,
    medianSeconds: (lower + upper) / 2 / 1_000,
    p90Seconds: p90 / 1_000,
    meanSeconds: Number(divideRounded(sumOf(durations), BigInt(count))) / 1_000,
  };
};

export const ratio = (part: number | bigint, whole: number | bigint): number | null =>
  whole === 0 || whole === 0n ? null : Number(part) / Number(whole);
