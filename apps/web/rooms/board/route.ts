import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute, textIn, type Search } from '../../frame/root-route.ts';

export interface BoardSearch {
  /** Id of a rep, or `none` for deals that belong to nobody. */
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  /** Words that a card must have. */
  readonly q?: string | undefined;
}

export const boardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/board',
  validateSearch: (search: Search): BoardSearch => ({
    owner: textIn(search['owner']),
    team: textIn(search['team']),
    q: textIn(search['q']),
  }),
  component: lazyRouteComponent(() => import('./board-room.tsx')),
});
