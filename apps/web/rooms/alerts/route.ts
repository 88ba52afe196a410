import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rootRoute, textIn, type Search } from '../../frame/root-route.ts';

export const alertStatuses = ['open', 'acknowledged', 'resolved'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export interface AlertsSearch {
  /** Open ones when absent. */
  readonly status?: AlertStatus | undefined;
  /** A rep's id, or `everybody`; when absent a rep sees his own and everybody else sees all. */
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
}

export const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/alerts',
  validateSearch: (search: Search): AlertsSearch => ({
    status: oneOf(search['status'], alertStatuses),
    owner: textIn(search['owner']),
    team: textIn(search['team']),
  }),
  component: lazyRouteComponent(() => import('./alerts-room.tsx')),
});
