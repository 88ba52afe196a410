import { divideRounded } from '@funnel/kernel';

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

/** Exact, of whole numbers ≥ 0; adds plain numbers as long as they are exact. */
export const sumOf = (numbers: Iterable<number>): bigint => {
  let sum = 0n;
  let exact = 0;
  for (const number of numbers) {
    if (exact + number > Number.MAX_SAFE_INTEGER) {
      sum += BigInt(exact);
      exact = 0;
    }
    exact += number;
  }
  return sum + BigInt(exact);
};

const at = (sorted: Float64Array, index: number): number => sorted[index] as number;

const median = (sorted: Float64Array): number => {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
};

/** Of durations in whole milliseconds. */
export const durationStatistics = (durations: readonly number[]): DurationStatistics => {
  const count = durations.length;
  if (count === 0) return { count, medianSeconds: null, p90Seconds: null, meanSeconds: null };
  const sorted = Float64Array.from(durations).sort();
  return {
    count,
    medianSeconds: median(sorted) / 1_000,
    p90Seconds: at(sorted, Math.ceil((count * 9) / 10) - 1) / 1_000,
    meanSeconds: Number(divideRounded(sumOf(durations), BigInt(count))) / 1_000,
  };
};

export const ratio = (part: number | bigint, whole: number | bigint): number | null =>
  whole === 0 || whole === 0n ? null : Number(part) / Number(whole);
