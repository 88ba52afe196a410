import type { Period } from '@funnel/kernel';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import type { Journey } from '../journeys/journey.ts';
import type { RepRow } from '../people/people-rows.ts';
import type { QuotaRow } from './quota-row.ts';

export interface QuotaRequest {
  /** `company`, `rep-…`, `team-…` or `territory-…` (a territory is the customers' region of that name). */
  readonly subject: string;
  readonly period: Period;
  readonly quotas: Iterable<QuotaRow>;
  readonly journeys: Iterable<Journey>;
  readonly reps: Iterable<RepRow>;
  readonly funnels: Iterable<FunnelRow>;
  readonly asOf: number;
  readonly timeZone: string;
  /** What is counted in where the subject has no quota. */
  readonly currency: string;
}

/** Amounts are minor units of the report's currency. */
export interface QuotaFigures {
  /** The part of the year's quota that falls into the period; `null` without one. */
  readonly quota: bigint | null;
  /** Amount of the deals won in the period, whoever owned them then, in the team he was in then. */
  readonly won: bigint;
  readonly wonCount: number;
  /** won ÷ quota. */
  readonly attainment: number | null;
  /** What was won beyond the quota. */
  readonly overAttainment: bigint | null;
  /** What is missing to the quota; never below 0. */
  readonly gap: bigint | null;
  readonly openCount: number;
  /** Σ amount × effective weight of the deals open at `asOf`, rounded. */
  readonly weightedOpen: bigint;
  /** The same of the deals expected to close in the period: the quota suggested from below. */
  readonly expectedInPeriod: bigint;
  /** weightedOpen ÷ gap; `null` without a gap. */
  readonly coverage: number | null;
  /** gap ÷ (mean won amount × won share of all deals closed until `asOf`), rounded up; `null` without such a history. */
  readonly neededProspects: number | null;
}

export interface QuotaReport extends QuotaFigures {
  readonly subject: string;
  readonly period: Period;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly asOf: number;
  readonly currency: string;
  /** Of a team, a territory or the company: one line per rep, by id; the last, `repId: null`, is what nobody owned. */
  readonly members: readonly (QuotaFigures & { readonly repId: string | null; readonly name: string })[];
  /** Deals of the subject, open or won in the period, that are kept in another currency and counted nowhere. */
  readonly otherCurrencyCount: number;
}
