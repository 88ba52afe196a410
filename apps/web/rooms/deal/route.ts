import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rootRoute, textIn, type Search } from '../../frame/root-route.ts';
import { kinds, type Kind } from './time-line/told.ts';

export interface DealSearch {
  /** The moment of the deal's life that is shown, an instant; the present when absent. */
  readonly at?: string | undefined;
  /** Which events the time line shows; all when absent. */
  readonly about?: Kind | undefined;
}

const instantIn = (value: unknown): string | undefined => {
  const text = textIn(value);
  return text !== undefined && !Number.isNaN(Date.parse(text)) ? text : undefined;
};

export const dealRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/deals/$id',
  validateSearch: (search: Search): DealSearch => ({
    at: instantIn(search['at']),
    about: oneOf(search['about'], kinds),
  }),
  component: lazyRouteComponent(() => import('./deal-room.tsx')),
});
