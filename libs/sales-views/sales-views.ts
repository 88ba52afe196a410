import { aging } from './aging/aging.ts';
import { alerts } from './alerts/alerts.ts';
import { dealTimeline } from './deals/deal-timeline.ts';
import { deals } from './deals/deals.ts';
import { funnels } from './funnel/funnels.ts';
import { journeys } from './journeys/journeys.ts';
import { reps, teams } from './people/people.ts';
import { quotas } from './quota/quotas.ts';

/** Every read model of the product: what the worker keeps and the API answers from. */
export const salesViews = [deals, dealTimeline, journeys, aging, funnels, quotas, reps, teams, alerts] as const;
