import { isPassing } from './problem.ts';

const soonMs = 4_000;

interface Asked {
  readonly state: { readonly error: unknown };
}

/** When a query is asked again by itself: soon where it could not be answered for a while, else as usual. */
export const askAgain =
  (usualMs: number | false = false) =>
  ({ state: { error } }: Asked): number | false =>
    error !== null && isPassing(error) ? soonMs : usualMs;
