import { status, type Rows } from '../history/rows.ts';

/** What one pass over the rows needs to know, all in packed numbers. Instants are milliseconds since 1970. */
export interface Pass {
  readonly rows: Rows;
  /** What is summed up, by row: the amounts, or one half of their digits. */
  readonly values: Float64Array;
  readonly funnel: number;
  readonly currency: number;
  readonly stageCount: number;
  /** Ends of the periods, rising. */
  readonly ends: Float64Array;
  /** By period: a next step that is due after this is open still. */
  readonly openIfDueAfter: Float64Array;
  /** By period: until when a deal must have been won to count as realized. */
  readonly realizedUntil: Float64Array;
  /** By row: what it is grouped by. */
  readonly keys: Uint32Array;
  /** By period, then key: the group. */
  readonly groupOf: Uint32Array;
  readonly keyCount: number;
  readonly groupCount: number;
  readonly keepsOverrides: boolean;
}

/** By period, group, stage, and whether the next step is open (1) or not (0), in this order. */
export interface Cells {
  readonly counts: Float64Array;
  readonly values: Float64Array;
  /** Of the counts: won by the horizon; and what for. */
  readonly wins: Float64Array;
  readonly realized: Float64Array;
  /** What of `values` has a weight of its own: by cell × 10,001 + weight. */
  readonly overridden: Map<number, number>;
}

export const overrideKeys = 10_001;

/**
 * Sums up what stood open at each period end, and what of it was won by its horizon: once over all rows, deal by deal. Sums
 * are exact as long as they stay below 2^53.
 */
export const sumUp = (pass: Pass): Cells => {
  const summing = new Summing(pass);
  const { funnelOf } = pass.rows;
  for (let deal = 0; deal < funnelOf.length; deal += 1) if (funnelOf[deal] === pass.funnel) summing.addDeal(deal);
  return summing;
};

class Summing implements Cells {
  readonly #pass: Pass;
  readonly counts: Float64Array;
  readonly values: Float64Array;
  /** Of the counts: won by the horizon; and what for. */
  readonly wins: Float64Array;
  readonly realized: Float64Array;
  readonly overridden = new Map<number, number>();

  constructor(pass: Pass) {
    const size = pass.ends.length * pass.groupCount * pass.stageCount * 2;
    this.#pass = pass;
    this.counts = new Float64Array(size);
    this.values = new Float64Array(size);
    this.wins = new Float64Array(size);
    this.realized = new Float64Array(size);
  }

  addDeal(deal: number): void {
    const { rows, ends, currency } = this.#pass;
    const end = rows.starts[deal + 1]!;
    let period = 0;
    for (let row = rows.starts[deal]!; row < end && period < ends.length; row += 1) {
      const at = rows.at[row]!;
      while (period < ends.length && ends[period]! < at) period += 1;
      if (rows.status[row] === status.open && rows.currency[row] === currency) this.#addRow(row, end, period);
    }
  }

  /** The row holds at the ends of these periods: from the given one until its deal changes. */
  #addRow(row: number, end: number, first: number): void {
    const { rows, ends } = this.#pass;
    const next = row + 1 < end ? rows.at[row + 1]! : Infinity;
    for (let period = first; period < ends.length && ends[period]! < next; period += 1) {
      const cell = this.#cellOf(row, period);
      const value = this.#pass.values[row]!;
      this.counts[cell]! += 1;
      this.values[cell]! += value;
      const won = this.#wonAt(row, end, period);
      if (won >= 0) {
        this.wins[cell]! += 1;
        this.realized[cell]! += this.#pass.values[won]!;
      }
      if (rows.weight[row]! >= 0 && this.#pass.keepsOverrides) {
        const key = cell * overrideKeys + rows.weight[row]!;
        this.overridden.set(key, (this.overridden.get(key) ?? 0) + value);
      }
    }
  }

  #cellOf(row: number, period: number): number {
    const { rows, keys, groupOf, keyCount, groupCount, stageCount, openIfDueAfter } = this.#pass;
    const group = groupOf[period * keyCount + keys[row]!]!;
    const hasStep = rows.due[row]! > openIfDueAfter[period]! ? 1 : 0;
    return ((period * groupCount + group) * stageCount + rows.stage[row]!) * 2 + hasStep;
  }

  /** The row in which the deal stands as won at the period's horizon; -1 where it does not. */
  #wonAt(row: number, end: number, period: number): number {
    const { rows, realizedUntil } = this.#pass;
    const until = realizedUntil[period]!;
    let last = until === Infinity ? end - 1 : row;
    while (last + 1 < end && rows.at[last + 1]! <= until) last += 1;
    return rows.status[last] === status.won ? last : -1;
  }
}
