import { createRootRoute, retainSearchParams } from '@tanstack/react-router';
import { isDay } from './days.ts';
import { Layout } from './layout.tsx';
import { NotFound } from './not-found.tsx';

/** What a room's address may hold; everything in an address is text. */
export type Search = Readonly<Record<string, unknown>>;
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const oneOf = <Value extends string>(value: unknown, values: readonly Value[]): Value | undefined =>
  values.find((each) => each === value);

export interface RootSearch {
  /** The day that is shown, `2026-03-31`; today when absent. */
  readonly asOf?: string | undefined;
  /** Id of the funnel that is looked at. */
  readonly funnel?: string | undefined;
}

export const rootRoute = createRootRoute({
  validateSearch: (search: Search): RootSearch => ({
    asOf: isDay(search['asOf']) ? search['asOf'] : undefined,
    funnel: textIn(search['funnel']),
  }),
  // Day and funnel go along from room to room.
  search: { middlewares: [retainSearchParams(['asOf', 'funnel'])] },
  component: Layout,
  notFoundComponent: NotFound,
});
