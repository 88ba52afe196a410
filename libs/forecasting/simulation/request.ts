import type { SimulationGrouping } from './groups.ts';
import type { Spread } from './spread.ts';
import type { Target, TargetAnswer } from './target.ts';

/** What to simulate. Instants are milliseconds since 1970. */
export interface SimulationRequest {
  readonly funnelId: string;
  /** From when on; nothing that happened later is looked at. */
  readonly asOf: number;
  /** Ends of the coming periods, rising; the first one begins at the instant. */
  readonly ends: readonly number[];
  readonly by: SimulationGrouping;
  /** How many futures are drawn. */
  readonly runs: number;
  /** A whole number below 2^32. */
  readonly seed: number;
  /** Prospects go on coming as they did in so many of the latest weeks; `null`: none come. */
  readonly inflowWeeks: number | null;
  readonly target?: Target | undefined;
}

/** Amounts are minor units of the funnel's currency. */
export interface SimulatedPeriod {
  readonly until: number;
  readonly won: Spread<bigint>;
  readonly wonCount: Spread<number>;
  /** From the instant until the end of the period. */
  readonly wonToDate: Spread<bigint>;
  /** What stands open at its end. */
  readonly open: Spread<bigint>;
  readonly openCount: Spread<number>;
}

export interface SimulatedGroup {
  /** `null` is nobody or no team; `total` is `total`. */
  readonly key: string | null;
  /** What stands open at the instant. */
  readonly count: number;
  readonly amount: bigint;
  readonly periods: readonly SimulatedPeriod[];
}

/** What was learnt of a stage. */
export interface LearntVisits {
  readonly stage: string;
  /** All visits that were seen, and those of them that ended. */
  readonly visits: number;
  readonly ended: number;
  /** Where they lead to sooner or later, most often first; what is missing to 1 never leaves. `won` and `lost` close. */
  readonly exits: readonly { readonly to: string; readonly kind: 'stage' | 'won' | 'lost'; readonly share: number }[];
}

export interface Simulation {
  readonly currency: string;
  /** In funnel order. */
  readonly learnt: readonly LearntVisits[];
  /** The weeks whose arrivals are repeated, and how many there were; `null` without inflow. */
  readonly inflow: { readonly weeks: number; readonly arrivals: number } | null;
  readonly groups: readonly SimulatedGroup[];
  /** Whether a target is reached, and what must be added now to reach it; `null` without one. */
  readonly target: TargetAnswer | null;
}
