import { dayMs } from '@funnel/kernel';
import type { Stage } from '../funnel/funnel.events.ts';
import { afterBusinessTime, beforeBusinessTime } from './business-time.ts';

/** How long a deal may stay in a stage. */
export type DwellLimit = Pick<Stage, 'maxDwellDays' | 'dwellIn'>;

const durationOf = (days: number): number => Math.max(1, Math.round(days * dayMs));

/**
 * When a stay that began at `since` has lasted as long as its stage allows; it is overdue from that instant on.
 * `undefined` where the stage has no limit. A calendar day is 24 hours; a business day is 24 hours that fall on Monday to
 * Friday in the company's time zone. Instants in milliseconds since 1970.
 */
export const dueAt = (since: number, limit: DwellLimit, timeZone: string): number | undefined => {
  if (limit.maxDwellDays === null) return undefined;
  const duration = durationOf(limit.maxDwellDays);
  switch (limit.dwellIn) {
    case 'calendar-days':
      return since + duration;
    case 'business-days':
      return afterBusinessTime(since, duration, timeZone);
  }
};

/** The latest beginning of a stay that is overdue at `now`: overdue are exactly the stays with `since` ≤ this. */
export const latestOverdueSince = (now: number, limit: DwellLimit, timeZone: string): number | undefined => {
  if (limit.maxDwellDays === null) return undefined;
  const duration = durationOf(limit.maxDwellDays);
  switch (limit.dwellIn) {
    case 'calendar-days':
      return now - duration;
    case 'business-days':
      return beforeBusinessTime(now, duration, timeZone);
  }
};
