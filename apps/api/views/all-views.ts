import type { AnyProjection } from '@funnel/read-store';
import { aging, alerts, deals, dealTimeline, funnels, journeys, quotas, reps, teams } from '@funnel/sales-views';

/** Every view that reads are answered from. */
export const allViews: readonly AnyProjection[] = [
  deals,
  dealTimeline,
  journeys,
  aging,
  funnels,
  quotas,
  reps,
  teams,
  alerts,
];
