import type { Money } from '@funnel/kernel';

/** The quota of one subject for one year, with what it was before. Versions are oldest first. */
export interface QuotaRow {
  /** `company`, `rep-…`, `team-…` or `territory-…`. */
  readonly subject: string;
  readonly year: number;
  readonly versions: readonly [QuotaVersion, ...QuotaVersion[]];
}

export interface QuotaVersion {
  readonly at: number;
  readonly recordedAt: number;
  readonly revision: number;
  readonly amount: Money;
  /** Relative sizes of 2 halves, 4 quarters or 12 months; `null` is equal months. */
  readonly shares: readonly number[] | null;
  readonly reason: string | null;
}
