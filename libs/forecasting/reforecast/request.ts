/** By what the figures of a period end are grouped, as it was then. */
export const groupings = ['total', 'owner', 'team', 'region', 'industry', 'stage'] as const;
export type Grouping = (typeof groupings)[number];

/** From how many days in a stage on, what weight counts. */
export interface AgeWeight {
  readonly fromDays: number;
  readonly weight: number;
}

/** What to forecast again from history. Instants are milliseconds since 1970, weights 1/10,000. */
export interface ReforecastRequest {
  readonly funnelId: string;
  /** Ends of the periods, rising. */
  readonly ends: readonly number[];
  readonly by: Grouping;
  /** By stage; a stage that is not named keeps the weight it had then. */
  readonly weights: Readonly<Record<string, number>>;
  /** By stage, ages rising: what a deal weighs instead once it has stood there for so many days. */
  readonly ageWeights?: Readonly<Record<string, readonly AgeWeight[]>> | undefined;
  /** Within how many days a deal must have been won to count as realized; ever when `null`. */
  readonly horizonDays: number | null;
  /** Whether a deal without an open next step weighs nothing; as the funnel had it then when absent. */
  readonly nextStepRule?: boolean | undefined;
  /** Whether weights that were overridden for single deals count; else the stage's weight does. */
  readonly overrides: 'kept' | 'dropped';
}

/** Amounts are minor units of the funnel's currency. */
export interface ReforecastGroup {
  /** `null` is nobody, no team, no region, no industry; `total` is `total`. */
  readonly key: string | null;
  /** Deals open at the period end. */
  readonly count: number;
  readonly amount: bigint;
  /** Exact, in 1/10,000 of a minor unit. */
  readonly forecast: bigint;
  /** Amount of those same deals that were won by the horizon, and still are then. */
  readonly realized: bigint;
}

export interface Reforecast {
  readonly currency: string;
  readonly periods: readonly { readonly at: number; readonly groups: readonly ReforecastGroup[] }[];
}
