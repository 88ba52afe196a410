import { codes, floats, shorts } from '../history/growing.ts';
import { slotAt, type Ages } from './ages.ts';
import { digitsOf, type Digits } from './digits.ts';
import { keySteps, type Pass } from './pass.ts';
import { Standings, type Standing } from './standing.ts';

/** What stood open with a weight of its own at period ends: in which cell, with what weight, how much. */
export interface Overridden {
  readonly places: Uint32Array;
  readonly weights: Uint16Array;
  readonly amounts: Digits;
}

/** Deals with weights of their own are few, and corrected one by one where all others are weighed together. */
export const overriddenIn = (pass: Pass, ages: Ages): Overridden => {
  const { rows, ends, keys, groupOf, keyCount, groupCount, openIfDueAfter } = pass;
  const { perDeal, perRow } = keySteps[pass.keyedBy];
  const [places, weights, minors] = [codes(), shorts(), floats()];
  const standings = new Standings(pass);
  const note = ({ deal, row, first, until, since }: Standing): void => {
    if (rows.weight[row]! < 0) return;
    const key = keys[deal * perDeal + row * perRow]!;
    for (let period = first; period < until; period += 1) {
      const group = period * groupCount + groupOf[period * keyCount + key]!;
      const slot = slotAt(ages, ages.starts[rows.stage[row]!]!, ends[period]! - since);
      const hasStep = rows.due[row]! > openIfDueAfter[period]! ? 1 : 0;
      places.push((group * ages.slotCount + slot) * 2 + hasStep);
      weights.push(rows.weight[row]!);
      minors.push(rows.minor[row]!);
    }
  };
  for (const deal of rows.weighedDeals) standings.each(deal, note);
  return { places: places.values, weights: weights.values, amounts: digitsOf(minors.values) };
};
