import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rootRoute, type Search } from '../../frame/root-route.ts';
import { isPeriod } from './periods.ts';

export const subjectKinds = ['rep', 'team'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

interface QuotaSearch {
  /** `2026-Q3`; the quarter of the shown day when absent. */
  readonly period?: string | undefined;
  readonly by?: SubjectKind | undefined;
}

export const quotaRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/quota',
  validateSearch: (search: Search): QuotaSearch => ({
    period: isPeriod(search['period']) ? search['period'] : undefined,
    by: oneOf(search['by'], subjectKinds),
  }),
  component: lazyRouteComponent(() => import('./quota-room.tsx')),
});
