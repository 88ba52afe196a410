import { Temporal } from 'temporal-polyfill';

/** A half-open stretch of time, milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** `2026`, `2026-H1`, `2026-Q3`, `2026-07` or `2026-W30`. */
export type Period = string;

const spanOf = (first: Temporal.PlainDate, next: Temporal.PlainDate, timeZone: string): Span => ({
  from: first.toZonedDateTime(timeZone).epochMilliseconds,
  until: next.toZonedDateTime(timeZone).epochMilliseconds,
});

const monthSpan = (year: number, month: number, count: number): Dates => {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return [first, first.add({ months: count })];
};

/** Monday of ISO week 1 is in the week of 4 January. */
export const mondayOfWeek = (year: number, week: number): Temporal.PlainDate => {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
};

/** Number of ISO weeks in a year: 52 or 53. */
export const weeksInYear = (year: number): number =>
  Temporal.PlainDate.from({ year, month: 12, day: 28 }).weekOfYear ?? 52;

/** Whether a name is an IANA time zone, such as `Asia/Shanghai`. */
export const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

type Dates = readonly [first: Temporal.PlainDate, next: Temporal.PlainDate];

const weekDates = (year: number, week: number): Dates | undefined =>
  week >= 1 && week <= weeksInYear(year) ? [mondayOfWeek(year, week), mondayOfWeek(year, week + 1)] : undefined;

/** The forms of a period: what follows the year, and the dates it names. */
const forms: readonly (readonly [RegExp, (year: number, part: number) => Dates | undefined])[] = [
  [/^(\d{4})$/, (year) => monthSpan(year, 1, 12)],
  [/^(\d{4})-H([12])$/, (year, half) => monthSpan(year, half * 6 - 5, 6)],
  [/^(\d{4})-Q([1-4])$/, (year, quarter) => monthSpan(year, quarter * 3 - 2, 3)],
  [/^(\d{4})-(0[1-9]|1[0-2])$/, (year, month) => monthSpan(year, month, 1)],
  [/^(\d{4})-W(\d{2})$/, weekDates],
];

const datesOf = (period: Period): Dates | undefined => {
  for (const [form, dates] of forms) {
    const match = form.exec(period);
    if (match) return dates(Number(match[1]), Number(match[2]));
  }
  return undefined;
};

/** From the first to after the last millisecond of a period in the company's time zone; `undefined` if it is none. */
export const parsePeriod = (period: Period, timeZone: string): Span | undefined => {
  const dates = datesOf(period);
  return dates && spanOf(dates[0], dates[1], timeZone);
};

/** First millisecond of a calendar date (`2026-07-01`) in a time zone; `undefined` if it is none. */
export const startOfDay = (date: string, timeZone: string): number | undefined => {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined;
  }
};

/** The calendar date of an instant in a time zone: `2026-07-01`. */
export const dateOf = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** A wall-clock time without offset (`2011-10-01T00:38:44.546`) in a time zone; the earlier one in a repeated hour. */
export const fromWallClock = (text: string, timeZone: string): number | undefined => {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined;
  }
};
