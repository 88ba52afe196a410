import type { Weight } from '@funnel/kernel';
import { slotAt, type Ages } from './ages.ts';
import { keySteps, type Pass } from './pass.ts';
import { Standings, type Standing } from './standing.ts';

/** What stood open with a weight of its own: in which cell, with what weight, how much. */
export interface Overridden {
  readonly place: number;
  readonly weight: Weight;
  readonly amount: bigint;
}

const weightKeys = 10_001;

/** Deals with weights of their own are few, and corrected one by one where all others are weighed together. */
export const overriddenIn = (pass: Pass, ages: Ages): readonly Overridden[] => {
  const { rows, ends, keys, groupOf, keyCount, groupCount, openIfDueAfter } = pass;
  const { perDeal, perRow } = keySteps[pass.keyedBy];
  const amounts = new Map<number, bigint>();
  const standings = new Standings(pass);
  const note = ({ deal, row, first, until, since }: Standing): void => {
    const weight = rows.weight[row]!;
    if (weight < 0) return;
    const key = keys[deal * perDeal + row * perRow]!;
    for (let period = first; period < until; period += 1) {
      const group = period * groupCount + groupOf[period * keyCount + key]!;
      const slot = slotAt(ages, ages.starts[rows.stage[row]!]!, ends[period]! - since);
      const hasStep = rows.due[row]! > openIfDueAfter[period]! ? 1 : 0;
      const cell = ((group * ages.slotCount + slot) * 2 + hasStep) * weightKeys + weight;
      amounts.set(cell, (amounts.get(cell) ?? 0n) + BigInt(rows.minor[row]!));
    }
  };
  for (const deal of rows.weighedDeals) standings.each(deal, note);
  return [...amounts].map(([cell, amount]) => {
    return { place: Math.floor(cell / weightKeys), weight: cell % weightKeys, amount };
  });
};
