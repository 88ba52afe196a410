import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rootRoute, textIn, type Search } from '../../frame/root-route.ts';

export const views = ['weights', 'calibration', 'simulation'] as const;
export type View = (typeof views)[number];
export const spans = ['12', '24', '36'] as const;
export const horizons = ['30', '90', '180', 'ever'] as const;
export const groupings = ['total', 'owner', 'team', 'region', 'industry', 'stage'] as const;
export const rules = ['then', 'on', 'off'] as const;
export const inflows = ['present', 'none'] as const;
export const ahead = ['3', '6', '12'] as const;

interface ForecastSearch {
  readonly view?: View | undefined;
  /** Months looked back at. */
  readonly span?: (typeof spans)[number] | undefined;
  /** Days within which a win counts. */
  readonly horizon?: (typeof horizons)[number] | undefined;
  readonly by?: (typeof groupings)[number] | undefined;
  /** The group whose lines are drawn. */
  readonly group?: string | undefined;
  readonly rule?: (typeof rules)[number] | undefined;
  readonly overrides?: 'dropped' | undefined;
  /** See `weights.ts`. */
  readonly weights?: string | undefined;
  readonly inflow?: (typeof inflows)[number] | undefined;
  /** Months looked ahead. */
  readonly ahead?: (typeof ahead)[number] | undefined;
}

export const forecastRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forecast',
  validateSearch: (search: Search): ForecastSearch => ({
    view: oneOf(search['view'], views),
    span: oneOf(search['span'], spans),
    horizon: oneOf(search['horizon'], horizons),
    by: oneOf(search['by'], groupings),
    group: textIn(search['group']),
    rule: oneOf(search['rule'], rules),
    overrides: oneOf(search['overrides'], ['dropped']),
    weights: textIn(search['weights']),
    inflow: oneOf(search['inflow'], inflows),
    ahead: oneOf(search['ahead'], ahead),
  }),
  component: lazyRouteComponent(() => import('./forecast-room.tsx')),
});
