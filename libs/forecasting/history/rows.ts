import type { Columns } from './columns.ts';

export const status = { open: 0, won: 1, lost: 2 } as const;

/**
 * How deals stood after each event, by business time, events of one instant as they were recorded. Deal d has the rows from
 * `first[d]` until before `end[d]`, which may be none; a row holds from its `at` until before the next one's of its deal.
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
  /** No sum of amounts of different deals is larger, whatever their signs. */
  readonly largestSum: number;
}
