import { dayMs } from '@funnel/kernel';

/** How many days can be told; everything before the first one is in it, and everything after the last one in that. */
export const dayCount = 65_536;

/** The day of an instant: whole days since 1970, UTC. */
export const dayOf = (at: number): number => Math.max(0, Math.min(dayCount - 1, Math.floor(at / dayMs)));

/** The last instant of a day. */
export const lastOfDay = (day: number): number => (day === dayCount - 1 ? Infinity : (day + 1) * dayMs - 1);
