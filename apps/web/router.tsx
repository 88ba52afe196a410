import { createRouter } from '@tanstack/react-router';
import { rootRoute } from './frame/root-route.ts';
import { RoomFailed } from './frame/room-failed.tsx';
import { agingRoute } from './rooms/aging/route.ts';
import { alertsRoute } from './rooms/alerts/route.ts';
import { boardRoute } from './rooms/board/route.ts';
import { dealRoute } from './rooms/deal/route.ts';
import { forecastRoute } from './rooms/forecast/route.ts';
import { funnelRoute } from './rooms/funnel/route.ts';
import { homeRoute } from './rooms/home/route.ts';
import { importRoute } from './rooms/import/route.ts';
import { quotaRoute } from './rooms/quota/route.ts';
import { waterfallRoute } from './rooms/waterfall/route.ts';

const routeTree = rootRoute.addChildren([
  homeRoute,
  funnelRoute,
  waterfallRoute,
  dealRoute,
  quotaRoute,
  forecastRoute,
  importRoute,
  boardRoute,
  agingRoute,
  alertsRoute,
]);

/** Everything in an address is text; nothing is guessed to be a number. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>): string => {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
};

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: RoomFailed,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
