import { dueCodeOf, eventOf, type Columns } from './columns.ts';

export const status = { open: 0, won: 1, lost: 2 } as const;

/**
 * How deals stood after each event, by business time, events of one instant as they were recorded. Deal d has the rows from
 * `first[d]` until before `end[d]`, which may be none; a row holds from its instant until before the next one's of its deal.
 */
export interface Rows extends Readonly<Columns> {
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  readonly funnelOf: Uint32Array;
  readonly regionOf: Uint32Array;
  readonly industryOf: Uint32Array;
  /** How often each deal was won, at most. */
  readonly winsOf: Uint32Array;
  /** Deals that may have had a weight of their own at some time. */
  readonly weighedDeals: readonly number[];
  /** When next steps are due, by code: Infinity without a date, -Infinity without a next step. Milliseconds since 1970. */
  readonly dues: Float64Array;
  /** Weights that events gave to single deals, in 1/10,000, -1 where one was taken back; by the number of the event. */
  readonly ownWeights: ReadonlyMap<number, number>;
  /** No sum of amounts of different deals is larger, whatever their signs. */
  readonly largestSum: number;
}

/** When the next step was due, milliseconds since 1970: Infinity without a date, -Infinity without a next step. */
export const dueOf = (rows: Rows, row: number): number => rows.dues[dueCodeOf(rows, row)]!;

/** The weight of a deal of its own in one of its rows, in 1/10,000: -1 where the stage decides. */
export const ownWeightOf = (rows: Rows, deal: number, row: number): number => {
  for (let told = row; told >= rows.first[deal]!; told -= 1) {
    const weight = rows.ownWeights.get(eventOf(rows, told));
    if (weight !== undefined) return weight;
  }
  return -1;
};
