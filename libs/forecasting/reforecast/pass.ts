import { status, type Rows } from '../history/rows.ts';
import { Beginnings } from './beginnings.ts';
import type { Groups } from './grouping.ts';
import { Standings, type Standing } from './standing.ts';

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

/** Two sums of each cell beside each other, by {@link cellCount}: how many, and their values. */
export interface Sums {
  /** Of the deals that stood open. */
  readonly stood: Float64Array;
  /** Of those of them that were won by the horizon: what for. */
  readonly won: Float64Array;
}
export const sumsEach = 2;

/** Cells stand by period, group, stage, and whether the next step is open (1) or not (0), in this order. */
const cellCount = ({ ends, groupCount, stageCount }: Pass): number => ends.length * groupCount * stageCount * 2;

export const keySteps = {
  all: { perDeal: 0, perRow: 0 },
  deal: { perDeal: 1, perRow: 0 },
  row: { perDeal: 0, perRow: 1 },
};

/** By period and key: where the sums of the group's first stage stand. */
const groupPlaces = ({ ends, groupOf, keyCount, groupCount, stageCount }: Pass): Int32Array => {
  const places = new Int32Array(ends.length * keyCount);
  for (let place = 0; place < places.length; place += 1) {
    const period = Math.floor(place / keyCount);
    places[place] = (period * groupCount + groupOf[place]!) * stageCount * 2 * sumsEach;
  }
  return places;
};

/**
 * The row in which a deal was won, where that is all there is to it: once, in its last row, not to be taken back. What is
 * realized then depends on one instant. `undefined` where it has to be looked for, period by period.
 */
const onlyWin = ({ first, end, winsOf, status: statuses }: Rows, deal: number): number | undefined => {
  const last = end[deal]! - 1;
  const isOnly = winsOf[deal] === 1 && statuses[last] === status.won;
  return isOnly && (last === first[deal] || statuses[last - 1] !== status.won) ? last : undefined;
};

/**
 * Sums up what stood open at each period end, and what of it was won by its horizon: once over all rows, deal by deal. Sums
 * are exact as long as they stay below 2^53. `values`: what is summed up, by row: the amounts, or one half of their digits.
 */
export const sumUp = (pass: Pass, values: Float64Array, { from, until }: Stretch): Sums => {
  const size = cellCount(pass) * sumsEach;
  const summing: Summing = {
    ...{ values, places: groupPlaces(pass), stood: new Float64Array(size), won: new Float64Array(size) },
    // After the last period end comes none.
    ...{ beginnings: new Beginnings(pass.ends), ends: Float64Array.of(...pass.ends, Infinity) },
  };
  addWins(pass, summing, addSimple(pass, summing, { from, until }));
  const { stood, won } = summing;
  return { stood, won };
};

interface Summing extends Sums {
  readonly values: Float64Array;
  readonly places: Int32Array;
  readonly beginnings: Beginnings;
  readonly ends: Float64Array;
}

/** All but what came of deals whose wins have to be looked for. @returns those deals: there are few */
// eslint-disable-next-line complexity -- in one piece: a call for every row costs as much as what is done with it
const addSimple = (pass: Pass, { values, places, beginnings, ends, stood, won }: Summing, { from, until }: Stretch) => {
  const { first, end, funnelOf, winsOf, at, status: statuses, currency, stage, due } = pass.rows;
  const { funnel, wantedCurrency, keys, keyCount, openIfDueAfter, realizedUntil } = pass;
  const { perDeal, perRow } = keySteps[pass.keyedBy];
  const others: number[] = [];
  for (let deal = from; deal < until; deal += 1) {
    const stop = end[deal]!;
    let row = first[deal]!;
    if (funnelOf[deal] !== funnel || row === stop) continue;
    let [wonAt, wonValue] = [NaN, 0];
    if (winsOf[deal] !== 0) {
      const win = onlyWin(pass.rows, deal);
      if (win === undefined) others.push(deal);
      else [wonAt, wonValue] = [at[win]!, values[win]!];
    }
    let period = beginnings.periodOf(at[row]!);
    while (ends[period]! < Infinity) {
      // The last row that begins until the period end holds there.
      const periodEnd = ends[period]!;
      let next = row + 1;
      while (next < stop && at[next]! <= periodEnd) next += 1;
      row = next - 1;
      const isOpen = statuses[row] === status.open && currency[row] === wantedCurrency;
      if (next === stop && !isOpen) break;
      const changesAt = next < stop ? at[next]! : Infinity;
      const key = keys[deal * perDeal + row * perRow]!;
      for (; ends[period]! < changesAt; period += 1) {
        if (!isOpen) continue;
        const step = +(due[row]! > openIfDueAfter[period]!);
        const place = places[period * keyCount + key]! + (stage[row]! * 2 + step) * sumsEach;
        stood[place]! += 1;
        stood[place + 1]! += values[row]!;
        // False where it was never won.
        if (!(wonAt <= realizedUntil[period]!)) continue;
        won[place]! += 1;
        won[place + 1]! += wonValue;
      }
      row = next;
    }
  }
  return others;
};

/** What came of some deals, as they stood at each horizon. */
const addWins = (pass: Pass, { values, places, won }: Summing, deals: readonly number[]): void => {
  const { at, end, status: statuses, stage, due } = pass.rows;
  const { keys, keyCount, openIfDueAfter, realizedUntil } = pass;
  const { perDeal, perRow } = keySteps[pass.keyedBy];
  const standings = new Standings(pass);
  const add = ({ deal, row, first, until }: Standing): void => {
    const key = keys[deal * perDeal + row * perRow]!;
    let reached = row;
    for (let period = first; period < until; period += 1) {
      while (reached + 1 < end[deal]! && at[reached + 1]! <= realizedUntil[period]!) reached += 1;
      if (statuses[reached] !== status.won) continue;
      const step = +(due[row]! > openIfDueAfter[period]!);
      const place = places[period * keyCount + key]! + (stage[row]! * 2 + step) * sumsEach;
      won[place]! += 1;
      won[place + 1]! += values[reached]!;
    }
  };
  for (const deal of deals) standings.each(deal, add);
};
