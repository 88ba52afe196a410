import { status, type Rows } from '../history/rows.ts';
import { Beginnings } from './beginnings.ts';
import type { Groups } from './grouping.ts';

/** What one pass over the rows needs to know, all in packed numbers. Instants are milliseconds since 1970. */
export interface Pass extends Omit<Groups, 'names'> {
  readonly rows: Rows;
  readonly groupCount: number;
  readonly funnel: number;
  readonly wantedCurrency: number;
  readonly stageCount: number;
  /** Ends of the periods, rising. */
  readonly ends: Float64Array;
  /** By period: a next step that is due after this is open still. */
  readonly openIfDueAfter: Float64Array;
  /** By period: until when a deal must have been won to count as realized. */
  readonly realizedUntil: Float64Array;
}

/** Deals from one until before another. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** What is summed up in each cell, in this order: deals, their values, how many were won by the horizon, what for. */
export const sumsEach = 4;

/** Cells stand by period, group, stage, and whether the next step is open (1) or not (0), in this order. */
const cellCount = ({ ends, groupCount, stageCount }: Pass): number => ends.length * groupCount * stageCount * 2;

export const keySteps = {
  all: { perDeal: 0, perRow: 0 },
  deal: { perDeal: 1, perRow: 0 },
  row: { perDeal: 0, perRow: 1 },
};

/**
 * Sums up what stood open at each period end, and what of it was won by its horizon: once over all rows, deal by deal. Sums
 * are exact as long as they stay below 2^53. `values`: what is summed up, by row: the amounts, or one half of their digits.
 */
// eslint-disable-next-line complexity -- in one piece: a call for every row costs as much as what is done with it
export const sumUp = (pass: Pass, values: Float64Array, { from, until }: Stretch): Float64Array => {
  const { first, end, funnelOf, at, status: statuses, currency, stage, due } = pass.rows;
  const { funnel, wantedCurrency, keys, groupOf, keyCount, groupCount, stageCount } = pass;
  const { openIfDueAfter, realizedUntil } = pass;
  const { perDeal, perRow } = keySteps[pass.keyedBy];
  const beginnings = new Beginnings(pass.ends);
  // After the last period end comes none.
  const ends = Float64Array.of(...pass.ends, Infinity);
  const sums = new Float64Array(cellCount(pass) * sumsEach);
  for (let deal = from; deal < until; deal += 1) {
    const stop = end[deal]!;
    let row = first[deal]!;
    if (funnelOf[deal] !== funnel || row === stop) continue;
    let period = beginnings.periodOf(at[row]!);
    let reached = row;
    for (; row < stop; row += 1) {
      const next = row + 1 < stop ? at[row + 1]! : Infinity;
      if (ends[period]! >= next) continue;
      if (statuses[row] !== status.open || currency[row] !== wantedCurrency) {
        while (ends[period]! < next) period += 1;
        continue;
      }
      // The row holds at these period ends, until its deal changes.
      const key = keys[deal * perDeal + row * perRow]!;
      const stageOfRow = stage[row]!;
      const dueOfRow = due[row]!;
      const value = values[row]!;
      if (reached < row) reached = row;
      do {
        const group = period * groupCount + groupOf[period * keyCount + key]!;
        const hasStep = dueOfRow > openIfDueAfter[period]! ? 1 : 0;
        const place = ((group * stageCount + stageOfRow) * 2 + hasStep) * sumsEach;
        sums[place]! += 1;
        sums[place + 1]! += value;
        const horizon = realizedUntil[period]!;
        while (reached + 1 < stop && at[reached + 1]! <= horizon) reached += 1;
        if (statuses[reached] === status.won) {
          sums[place + 2]! += 1;
          sums[place + 3]! += values[reached]!;
        }
        period += 1;
      } while (ends[period]! < next);
    }
  }
  return sums;
};
