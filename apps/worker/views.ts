import type { Projection } from '@funnel/kernel';
import { aging, alerts, deals, dealTimeline, funnels, journeys, quotas, reps, teams } from '@funnel/sales-views';

/** Every read model that the projections role keeps. */
export const registeredViews = [
  deals,
  dealTimeline,
  journeys,
  aging,
  funnels,
  quotas,
  reps,
  teams,
  alerts,
] as unknown as readonly Projection[];
