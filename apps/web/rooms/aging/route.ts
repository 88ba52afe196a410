import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rootRoute, textIn, type Search } from '../../frame/root-route.ts';

export const agingStates = ['ok', 'due', 'over', 'stale'] as const;

export interface AgingSearch {
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  readonly state?: (typeof agingStates)[number] | undefined;
  /** The cell whose deals are listed: its stage, and the number of its bucket. */
  readonly stage?: string | undefined;
  readonly age?: string | undefined;
}

export const agingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aging',
  validateSearch: (search: Search): AgingSearch => ({
    owner: textIn(search['owner']),
    team: textIn(search['team']),
    state: oneOf(search['state'], agingStates),
    stage: textIn(search['stage']),
    age: textIn(search['age']),
  }),
  component: lazyRouteComponent(() => import('./aging-room.tsx')),
});
