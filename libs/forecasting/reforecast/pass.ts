import { instantOf, stageOf, statusOf } from '../history/columns.ts';
import { dueOf, status, type Rows } from '../history/rows.ts';
import { Adding } from './adding.ts';
import type { Amounts } from './digits.ts';
import { keyOf, type Groups } from './grouping.ts';
import { eachOpen, Finding } from './holding.ts';
import type { Holdings } from './holdings.ts';

/** What one pass over the rows is to find, all in packed numbers. Instants are milliseconds since 1970. */
export interface Aim extends Omit<Groups, 'names'> {
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

export interface Pass extends Aim {
  /** Which rows held at the period ends, as far as it was found before. */
  readonly holdings: Holdings;
}

/**
 * Four sums of each cell beside each other: how many deals stood open, their values, how many of them were won by the horizon,
 * what for. Cells stand by period, group, stage, and whether the next step is open (1) or not (0), in this order.
 */
export type Sums = Float64Array;
export const sumsEach = 4;
/** Where the two sums of wins are among those of a cell. */
export const winsAfter = 2;

/** By key in place of group. */
export const countOfSums = ({ ends, keyCount, stageCount }: Aim): number =>
  ends.length * keyCount * stageCount * 2 * sumsEach;

/** Adds up lot by lot, by key in place of group. */
export class Summing {
  readonly #pass: Pass;
  readonly #amounts: Amounts;
  readonly #sums: Sums;
  readonly #finding: Finding;
  readonly #adding: Adding;

  constructor(pass: Pass, amounts: Amounts, sums: Sums) {
    this.#pass = pass;
    this.#amounts = amounts;
    this.#sums = sums;
    this.#finding = new Finding(pass);
    this.#adding = new Adding(pass, amounts);
  }

  add(lot: number): void {
    const others = this.#adding.add(this.#sums, this.#finding.found(lot));
    addWins(this.#pass, { amounts: this.#amounts, sums: this.#sums }, others);
  }
}

/**
 * Sums up what stood open at each period end, and what of it was won by its horizon: once over all rows, deal by deal. Sums
 * are exact as long as they stay below 2^53. `amounts`: what is summed up, by row: the amounts, or one half of their digits.
 */
export const sumUp = (pass: Pass, amounts: Amounts): Sums => {
  const sums = new Float64Array(countOfSums(pass));
  const summing = new Summing(pass, amounts, sums);
  for (let lot = 0; lot < pass.holdings.isFound.length; lot += 1) summing.add(lot);
  return byGroup(pass, sums);
};

/** From sums by key to sums by group: both stand by period first. */
export const byGroup = (pass: Aim, sums: Sums): Sums => {
  const { groupOf, keyCount, groupCount, stageCount } = pass;
  if (keyCount === groupCount && groupOf.every((group, place) => group === place % keyCount)) return sums;
  const width = stageCount * 2 * sumsEach;
  const grouped = new Float64Array((groupOf.length / keyCount) * groupCount * width);
  for (const [place, group] of groupOf.entries()) {
    const to = (Math.floor(place / keyCount) * groupCount + group) * width;
    for (let each = 0; each < width; each += 1) grouped[to + each]! += sums[place * width + each]!;
  }
  return grouped;
};

/** What came of some deals, as they stood at each horizon. */
const addWins = (
  pass: Pass,
  { amounts, sums }: { readonly amounts: Amounts; readonly sums: Sums },
  deals: readonly number[],
): void => {
  const { rows } = pass;
  const { keyCount, stageCount, openIfDueAfter, realizedUntil } = pass;
  for (const deal of deals) {
    eachOpen(pass, deal, (row, first, until) => {
      const key = keyOf(pass, deal, row);
      let reached = row;
      for (let period = first; period < until; period += 1) {
        while (reached + 1 < rows.end[deal]! && instantOf(rows, reached + 1) <= realizedUntil[period]!) reached += 1;
        if (statusOf(rows, reached) !== status.won) continue;
        const hasStep = +(dueOf(rows, row) > openIfDueAfter[period]!);
        const place =
          (((period * keyCount + key) * stageCount + stageOf(rows, row)) * 2 + hasStep) * sumsEach + winsAfter;
        sums[place]! += 1;
        sums[place + 1]! += amounts.values[reached * amounts.step]!;
      }
    });
  }
};
