import { dayMs } from '@funnel/kernel';
import type { DealsSeen } from './observed.ts';
import type { Random } from './random.ts';

const weekMs = 7 * dayMs;

/** The arrivals of the latest whole weeks before an instant. */
export interface Inflow {
  readonly weeks: number;
  /** The places of the arrivals of a week in what was seen: from `starts[week]` until before `starts[week + 1]`. */
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
  /** By arrival: how long after the beginning of its week it came, milliseconds. */
  readonly offsets: Float64Array;
}

/** The weeks that can be learnt from: at most so many, none before the first arrival, at least one. */
const weeksSince = (times: Float64Array, asOf: number, most: number): number => {
  let first = asOf;
  for (const time of times) if (time < first) first = time;
  return Math.max(1, Math.min(most, Math.floor((asOf - first) / weekMs)));
};

export const inflowOf = ({ times }: DealsSeen, asOf: number, most: number): Inflow => {
  const weeks = weeksSince(times, asOf, most);
  const begin = asOf - weeks * weekMs;
  const byWeek = Array.from({ length: weeks }, (): number[] => []);
  for (let place = 0; place < times.length; place += 1) {
    const week = Math.ceil((times[place]! - begin) / weekMs) - 1;
    byWeek[week]?.push(place);
  }
  const starts = new Uint32Array(weeks + 1);
  for (const [week, { length }] of byWeek.entries()) starts[week + 1] = starts[week]! + length;
  const offsets = times.map((time) => (time - begin) % weekMs || weekMs);
  return { weeks, places: Uint32Array.from(byWeek.flat()), starts, offsets };
};

/**
 * Lets arrivals come until `until` milliseconds from now: each coming week repeats one of the weeks seen, whole, so that days of
 * the week and busy weeks stay what they are. The weeks to repeat are themselves drawn first, since others might have been
 * seen as well.
 */
export const arrive = (
  { weeks, places, starts, offsets }: Inflow,
  { until, random }: { readonly until: number; readonly random: Random },
  take: (place: number, at: number) => void,
): void => {
  const drawn = Uint32Array.from({ length: weeks }, () => random.below(weeks));
  for (let begin = 0; begin < until; begin += weekMs) {
    const week = drawn[random.below(weeks)]!;
    for (let index = starts[week]!; index < starts[week + 1]!; index += 1) {
      const at = begin + offsets[places[index]!]!;
      if (at <= until) take(places[index]!, at);
    }
  }
};
