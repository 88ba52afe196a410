/** The first and the last instant that the product takes: outside them a date is a typing error. */
export const earliestInstant = Date.parse('1970-01-01T00:00:00Z');
export const latestInstant = Date.parse('2200-01-01T00:00:00Z');

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds since 1970 of an ISO 8601 instant with an offset; `undefined` without one, or outside 1970–2200. */
export const parseInstant = (text: string): number | undefined => {
  if (!iso.test(text)) return undefined;
  const at = Date.parse(text);
  return !Number.isNaN(at) && isCalendarDate(text) && at >= earliestInstant && at < latestInstant ? at : undefined;
};

/** Date.parse lets 31 April pass as 1 May; every month has a 28th. */
const isCalendarDate = (text: string): boolean => {
  const date = text.slice(0, 10);
  return Number(text.slice(8, 10)) <= 28 || new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
};

/** `2026-07-01T08:00:00.000Z` */
export const formatInstant = (at: number): string => new Date(at).toISOString();

export const dayMs = 86_400_000;
