// Times of rows are told in units of 2^11 milliseconds, of which 32 bits count enough for all instants that are taken, and the
// milliseconds since. These numbers stand below as they are: names for them would be looked up for each row.

/** Whole units since 1970. */
export const unitsOf = (at: number): number => Math.floor(at / 2_048);
/** The milliseconds since the last of them: a number of 11 bits. */
export const restOf = (at: number): number => at - unitsOf(at) * 2_048;
export const instantIn = (units: number, rest: number): number => units * 2_048 + rest;

/** How many spans, of 2 hours 20 minutes, can be told; what comes before the first one is in it, and what comes after the last one in that. */
export const spanCount = 2 ** 20;
export const spanOf = (at: number): number => Math.max(0, Math.min(spanCount - 1, Math.floor(at / 2 ** 23)));
export const spanOfUnits = (units: number): number => units >>> 12;

/** The last instant of a span. */
export const lastOfSpan = (span: number): number => (span === spanCount - 1 ? Infinity : (span + 1) * 2 ** 23 - 1);
