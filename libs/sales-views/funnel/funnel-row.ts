import type { CalibrationEvidence, FunnelDefinition } from '@funnel/sales';

/** A version of a funnel, the business time from which it is in force, and when it was recorded. */
export interface FunnelVersion {
  readonly at: number;
  readonly recordedAt: number;
  readonly revision: number;
  readonly reason: string | null;
  /** The calibration that its weights were adopted from. */
  readonly evidence?: CalibrationEvidence;
  readonly definition: FunnelDefinition;
}

/** A funnel with all its versions, oldest first. */
export interface FunnelRow {
  readonly funnelId: string;
  readonly versions: readonly [FunnelVersion, ...FunnelVersion[]];
}
