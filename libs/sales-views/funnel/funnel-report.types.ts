import type { Part } from '@funnel/sales';
import type { DealFilter } from '../journeys/deal-filter.ts';
import type { ContactKind, Journey } from '../journeys/journey.ts';
import type { RepRow } from '../people/people-rows.ts';
import type { DurationStatistics } from '../statistics.ts';
import type { FunnelRow } from './funnel-row.ts';

/** Instants are milliseconds since 1970; the period runs from `from` until before `to`. */
export interface FunnelReportRequest {
  readonly funnel: FunnelRow;
  readonly journeys: Iterable<Journey>;
  /** Needed for a filter by team only. */
  readonly reps?: Iterable<RepRow>;
  readonly filter?: DealFilter;
  /** From the beginning when absent. */
  readonly from?: number;
  /** Until `asOf` when absent. */
  readonly to?: number;
  readonly asOf: number;
}

/**
 * Amounts are minor units of `currency`. What is open, amounts, owners and teams are those of `asOf`; what happened is
 * counted where it happened within the period, and nothing after `asOf` is known.
 */
export interface FunnelReport {
  readonly funnelId: string;
  readonly label: string;
  readonly currency: string;
  readonly asOf: number;
  readonly from: number | null;
  readonly to: number | null;
  /** In funnel order; stages that this version of the funnel does not know, but deals stood in, come last. */
  readonly stages: readonly StageReport[];
  readonly totals: FunnelTotals;
  /** Deals added in the period, and how many of them were won since. */
  readonly conversion: { readonly entered: number; readonly won: number; readonly rate: number | null };
  /** Won ÷ (won + lost) of the deals closed in the period and closed still. */
  readonly winRate: { readonly byCount: number | null; readonly byAmount: number | null };
  /** `ProspectAdded` → `DealWon` of the deals won in the period. */
  readonly cycle: DurationStatistics;
  readonly velocity: Velocity;
  readonly activity: Activity;
  /** Deals of this funnel that are kept in another currency; they are in none of the figures. */
  readonly otherCurrencyCount: number;
}

export interface StageReport {
  readonly key: string;
  readonly label: string;
  /** `null`, like the weight, for a stage that the funnel does not know. */
  readonly part: Part | null;
  /** Decimal 0..1. */
  readonly weight: number | null;
  readonly openCount: number;
  readonly openAmount: bigint;
  /** Rounded to the minor unit. */
  readonly weightedAmount: bigint;
  /** The same, exact, in 1/10,000 of a minor unit. */
  readonly weighted: bigint;
  /** Open deals that weigh nothing because the next-step rule is on and they have none (机会). */
  readonly opportunityCount: number;
  /** Cohort: deals that entered the stage for the first time in the period = advanced + lost + movedBack + stillThere. */
  readonly entered: number;
  /** Of those: reached the next stage, a later one or won afterwards. */
  readonly advanced: number;
  /** Of those that did not advance: lost as of `asOf`. */
  readonly lost: number;
  /** Of those that did not advance: open in another stage. */
  readonly movedBack: number;
  /** Of those that did not advance: open in this stage. */
  readonly stillThere: number;
  /** advanced ÷ entered. */
  readonly conversion: number | null;
  readonly conversionTarget: number | null;
  /** Of the cohort: won afterwards. */
  readonly reachedWon: number;
  /** First entry → first later entry of a later stage or won, of the cohort. */
  readonly timeToAdvance: DurationStatistics;
  /** First entry → first entry of the directly next stage (of the last one: won), of the cohort. */
  readonly timeToNext: DurationStatistics;
  /** Visits that ended in the period. */
  readonly dwell: Omit<DurationStatistics, 'count'> & { readonly visits: number };
  /** The same visits per deal: only its latest one, and all of them together. */
  readonly dwellPerDeal: { readonly latestVisit: DurationStatistics; readonly allVisits: DurationStatistics };
  /** Snapshot: moves of the period, each counted as often as it happened. */
  readonly moves: StageMoves;
}

/** `entered`, `reopened`: into this stage; the others: out of it. */
export interface StageMoves {
  readonly entered: number;
  readonly advanced: number;
  readonly regressed: number;
  readonly won: number;
  readonly lost: number;
  readonly reopened: number;
  /** advanced and won ÷ entered: not the cohort's conversion. */
  readonly conversion: number | null;
}

export interface FunnelTotals {
  /** Added in the period. */
  readonly dealCount: number;
  readonly dealAmount: bigint;
  readonly openCount: number;
  readonly openAmount: bigint;
  readonly weightedAmount: bigint;
  readonly weighted: bigint;
  readonly opportunityCount: number;
  /** Closed in the period, and closed so still. */
  readonly wonCount: number;
  readonly wonAmount: bigint;
  readonly lostCount: number;
  readonly lostAmount: bigint;
}

/** Qualified open deals × win rate × mean won amount ÷ mean cycle days. Qualified: of a weight above 0. */
export interface Velocity {
  /** Minor units per day, rounded; `null` while nothing was won or the cycle takes no time. */
  readonly amountPerDay: bigint | null;
  readonly qualifiedCount: number;
  readonly winRate: number | null;
  readonly meanWonAmount: bigint | null;
  readonly meanCycleDays: number | null;
}

/** How many events of each kind happened in the period. */
export interface Activity {
  /** By stored event name, for instance `StageAdvanced`. */
  readonly events: Readonly<Record<string, number>>;
  readonly contacts: Readonly<Partial<Record<ContactKind, number>>>;
  /** Of `OwnerReassigned`: from nobody. */
  readonly assigned: number;
  /** Of `OwnerReassigned`: from another owner. */
  readonly changed: number;
}
