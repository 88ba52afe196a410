import { dayMs, startOfDay } from '@funnel/kernel';

/** Business time runs from Monday 00:00 to Saturday 00:00 in the company's time zone, and stands still on weekends. */
interface WorkingWeek {
  readonly opens: number;
  readonly closes: number;
}

const startOfDayNumber = (day: number, timeZone: string): number => {
  const start = startOfDay(new Date(day * dayMs).toISOString().slice(0, 10), timeZone);
  if (start === undefined) throw new RangeError(`no such day: ${day} days after 1970-01-01`);
  return start;
};

/** The weeks that were asked for, by time zone and Monday: many deals stand in few weeks, and calendars are slow. */
const knownWeeks = new Map<string, Map<number, WorkingWeek>>();

const weekFrom = (monday: number, timeZone: string): WorkingWeek => {
  let weeks = knownWeeks.get(timeZone);
  if (!weeks) knownWeeks.set(timeZone, (weeks = new Map<number, WorkingWeek>()));
  let week = weeks.get(monday);
  if (!week) {
    week = { opens: startOfDayNumber(monday, timeZone), closes: startOfDayNumber(monday + 5, timeZone) };
    weeks.set(monday, week);
  }
  return week;
};

/** The Monday, in days since 1970, of the week that holds an instant. 1970-01-01 was a Thursday. */
const mondayOf = (at: number, timeZone: string): number => {
  const day = Math.floor(at / dayMs);
  const monday = day - ((((day + 3) % 7) + 7) % 7);
  // What is Monday in Greenwich may be Sunday here, or the other way round.
  if (at < weekFrom(monday, timeZone).opens) return monday - 7;
  return at < weekFrom(monday + 7, timeZone).opens ? monday : monday + 7;
};

/** The first instant at which `duration` (ms > 0) of business time has run since `since`. */
export const afterBusinessTime = (since: number, duration: number, timeZone: string): number => {
  let left = duration;
  for (let monday = mondayOf(since, timeZone); ; monday += 7) {
    const week = weekFrom(monday, timeZone);
    const from = Math.max(since, week.opens);
    const available = Math.max(0, week.closes - from);
    if (left <= available) return from + left;
    left -= available;
  }
};

/** The last instant from which `duration` (ms > 0) of business time has run at `now`. */
export const beforeBusinessTime = (now: number, duration: number, timeZone: string): number => {
  let left = duration;
  for (let monday = mondayOf(now, timeZone); ; monday -= 7) {
    const week = weekFrom(monday, timeZone);
    const until = Math.min(now, week.closes);
    const available = Math.max(0, until - week.opens);
    if (left <= available) return until - left;
    left -= available;
  }
};
