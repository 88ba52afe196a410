import { Temporal } from 'temporal-polyfill';

export const rhythms = ['day', 'week', 'month', 'quarter'] as const;
/** How often a forecast is looked at. Weeks begin on Monday. */
export type Rhythm = (typeof rhythms)[number];

const startOf = (date: Temporal.PlainDate, every: Rhythm): Temporal.PlainDate => {
  switch (every) {
    case 'day':
      return date;
    case 'week':
      return date.subtract({ days: date.dayOfWeek - 1 });
    case 'month':
      return date.with({ day: 1 });
    case 'quarter':
      return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) });
  }
};

const step: Readonly<Record<Rhythm, Temporal.DurationLike>> = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
};

/**
 * The last millisecond of every period from the one of date `from` to the one of date `to`, in a time zone; milliseconds
 * since 1970, at most `most` of them.
 */
export const periodEnds = (
  { from, to, every }: { readonly from: string; readonly to: string; readonly every: Rhythm },
  timeZone: string,
  most = Infinity,
): number[] => {
  const ends: number[] = [];
  const last = Temporal.PlainDate.from(to);
  let start = startOf(Temporal.PlainDate.from(from), every);
  while (Temporal.PlainDate.compare(start, last) <= 0 && ends.length < most) {
    start = start.add(step[every]);
    ends.push(start.toZonedDateTime(timeZone).epochMilliseconds - 1);
  }
  return ends;
};
