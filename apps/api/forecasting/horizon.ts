import { dayMs } from '@funnel/kernel';

interface Asked {
  readonly horizonDays: number | null;
  /** Milliseconds since 1970; now when absent. */
  readonly knownAt?: number | undefined;
}

/**
 * The last instant whose horizon is over by now, or by the time whose knowledge is asked for: all that was to come of what stood
 * then has come. `null` where everything that ever comes counts: that is never over.
 */
export const decidedUntil = ({ horizonDays, knownAt = Date.now() }: Asked): number | null =>
  horizonDays === null ? null : Math.max(0, knownAt - horizonDays * dayMs);
