import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isDay } from '../../frame/days.ts';
import { oneOf, rootRoute, textIn, type Search } from '../../frame/root-route.ts';
import { periods, type PeriodName } from '../../frame/period.ts';

const lineNames = ['added', 'up', 'down', 'reopened', 'won', 'lost', 'movedIn', 'movedOut'] as const;
export type LineName = (typeof lineNames)[number];

/** Stretches by their names, or from one day to another. */
export const stretches = [...periods, 'days'] as const;

export interface WaterfallSearch {
  /** Which time is looked at; this quarter when absent. */
  readonly period?: PeriodName | 'days' | undefined;
  /** The days of `days`; where one is absent, the beginning of the quarter and the day that is shown. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whose deals, and of which customers; all when absent. */
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
  /** The line whose events are listed. */
  readonly line?: LineName | undefined;
}

export const waterfallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/waterfall',
  validateSearch: (search: Search): WaterfallSearch => ({
    period: oneOf(search['period'], stretches),
    from: isDay(search['from']) ? search['from'] : undefined,
    to: isDay(search['to']) ? search['to'] : undefined,
    owner: textIn(search['owner']),
    team: textIn(search['team']),
    region: textIn(search['region']),
    industry: textIn(search['industry']),
    line: oneOf(search['line'], lineNames),
  }),
  component: lazyRouteComponent(() => import('./waterfall-room.tsx')),
});
