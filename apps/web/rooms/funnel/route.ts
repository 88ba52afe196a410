import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rootRoute, textIn, type Search } from '../../frame/root-route.ts';
import { periods, type PeriodName } from '../../frame/period.ts';

export const measures = ['amount', 'count', 'weighted', 'entered'] as const;
export type Measure = (typeof measures)[number];

export interface FunnelSearch {
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  readonly period?: PeriodName | undefined;
  /** What the width of the funnel stands for; the open amount when absent. */
  readonly by?: Measure | undefined;
  /** The stage whose deals are listed, and which of them. */
  readonly stage?: string | undefined;
  readonly show?: 'open' | 'lost' | undefined;
}

export const funnelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/funnel',
  validateSearch: (search: Search): FunnelSearch => ({
    owner: textIn(search['owner']),
    team: textIn(search['team']),
    period: oneOf(search['period'], periods),
    by: oneOf(search['by'], measures),
    stage: textIn(search['stage']),
    show: oneOf(search['show'], ['open', 'lost'] as const),
  }),
  component: lazyRouteComponent(() => import('./funnel-room.tsx')),
});
