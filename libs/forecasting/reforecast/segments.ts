import { minorOf, stageOf } from '../history/columns.ts';
import { codes, floats, shorts } from '../history/growing.ts';
import { dueOf } from '../history/rows.ts';
import type { Ages } from './ages.ts';
import { digitsOf, exactHalves, inOneColumn, type Digits } from './digits.ts';
import { keyOf } from './grouping.ts';
import type { Aim, Pass } from './pass.ts';
import { eachStanding } from './standing.ts';

/** What stood open at period ends: at those of the periods from `first` until before `until`, since when in its stage. */
export interface Segments {
  readonly first: Uint16Array;
  readonly until: Uint16Array;
  readonly stage: Uint16Array;
  /** What it is grouped by. */
  readonly key: Uint32Array;
  readonly minor: Float64Array;
  readonly due: Float64Array;
  readonly since: Float64Array;
}

export const segmentsOf = (pass: Pass): Segments => {
  const { rows } = pass;
  const [first, until, stage] = [shorts(), shorts(), shorts()];
  const [key, minor, due, since] = [codes(), floats(), floats(), floats()];
  eachStanding(pass, (standing) => {
    first.push(standing.first);
    until.push(standing.until);
    stage.push(stageOf(rows, standing.row));
    key.push(keyOf(pass, standing.deal, standing.row));
    minor.push(minorOf(rows, standing.row));
    due.push(dueOf(rows, standing.row));
    since.push(standing.since);
  });
  return {
    ...{ first: first.values, until: until.values, stage: stage.values },
    ...{ key: key.values, minor: minor.values, due: due.values, since: since.values },
  };
};

/** Sums of the values of segments by period, group, slot (stage and age), and next step. */
const sumByAge = (pass: Aim, segments: Segments & { values: Float64Array }, ages: Ages): Float64Array => {
  const { first, until, stage, key, due, since, values } = segments;
  const { ends, groupOf, keyCount, groupCount, openIfDueAfter } = pass;
  const { starts, from, slotCount } = ages;
  const sums = new Float64Array(ends.length * groupCount * slotCount * 2);
  for (let segment = 0; segment < values.length; segment += 1) {
    const value = values[segment]!;
    const sinceThen = since[segment]!;
    const dueThen = due[segment]!;
    const keyThen = key[segment]!;
    const stop = until[segment]!;
    let slot = starts[stage[segment]!]!;
    const lastSlot = starts[stage[segment]! + 1]! - 1;
    for (let period = first[segment]!; period < stop; period += 1) {
      const age = ends[period]! - sinceThen;
      while (slot < lastSlot && age >= from[slot + 1]!) slot += 1;
      const group = period * groupCount + groupOf[period * keyCount + keyThen]!;
      const hasStep = dueThen > openIfDueAfter[period]! ? 1 : 0;
      sums[(group * slotCount + slot) * 2 + hasStep]! += value;
    }
  }
  return sums;
};

/** Amounts by cell, where there are any; `places`: the cells among all. */
export interface AgedAmounts {
  readonly places: Uint32Array;
  readonly amounts: Digits;
}

/** Exact amounts of segments, told apart by how long they have stood in their stage. */
export const amountsByAge = (pass: Aim, segments: Segments, ages: Ages): AgedAmounts => {
  const halves = exactHalves(inOneColumn(segments.minor), pass.rows.largestSum);
  const [lower, higher] = halves.map(({ values }) => sumByAge(pass, { ...segments, values }, ages));
  const places = used(lower!, higher);
  return { places, amounts: digitsOf(at(places, lower!), higher && at(places, higher)) };
};

const at = (places: Uint32Array, sums: Float64Array): Float64Array => {
  const found = new Float64Array(places.length);
  for (let cell = 0; cell < found.length; cell += 1) found[cell] = sums[places[cell]!]!;
  return found;
};

const used = (lower: Float64Array, higher: Float64Array | undefined): Uint32Array => {
  const places = new Uint32Array(lower.length);
  let count = 0;
  for (let place = 0; place < lower.length; place += 1) {
    if (lower[place] !== 0 || (higher && higher[place] !== 0)) places[count++] = place;
  }
  return places.slice(0, count);
};
