import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute, textIn, type Search } from '../../frame/root-route.ts';

interface ImportSearch {
  /** The import that is looked at: it goes on whether somebody looks or not. */
  readonly job?: string | undefined;
}

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  validateSearch: (search: Search): ImportSearch => ({ job: textIn(search['job']) }),
  component: lazyRouteComponent(() => import('./import-room.tsx')),
});
