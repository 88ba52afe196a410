/** Numbers of deals, rows or places: from one until before another. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}
