import { Long } from 'bson';
import { Temporal } from 'temporal-polyfill';
import type { Document } from '../../bson/decode.ts';
import { failure, locationFailure } from '../../errors.ts';
import { isNothing, onNamed, type Operator } from '../operator.ts';
import { asInt, integerOr } from './numeric.ts';
import { dateOf, dayMilliseconds, toDate, withinDates, zoned } from './time-zones.ts';

type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';
const units = new Set<unknown>(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

export const unitOf = (unit: unknown): Unit => {
  if (units.has(unit)) return unit as Unit;
  throw failure('FailedToParse', `unknown time unit value: ${String(unit)}`);
};

/** Days and longer go by the calendar of the time zone, and end with its month at the latest; hours are hours. */
export const later = (local: Temporal.ZonedDateTime, unit: Unit, amount: number): Date =>
  withinDates(() => toDate(local.add(unit === 'quarter' ? { months: 3 * amount } : { [`${unit}s`]: amount })));

const shift = (sign: 1 | -1): Operator =>
  onNamed({ required: ['startDate', 'unit', 'amount'], optional: ['timezone'] }, (options, name) => {
    const { startDate, unit, amount, timezone } = options;
    if (Object.values(options).some(isNothing)) return null;
    const count = integerOr(amount, () => locationFailure(5166405, `${name} expects integer amount of time units`));
    return later(zoned(dateOf(startDate, name), timezone), unitOf(unit), sign * count);
  });

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** From 1 for Monday. */
const weekdayOf = (name: unknown): number => {
  const text = typeof name === 'string' ? name.toLowerCase() : '';
  const at = weekdays.findIndex((day) => day === text || (text.length === 3 && day.startsWith(text)));
  if (at >= 0) return at + 1;
  throw failure('FailedToParse', `unknown day of week value: ${String(name)}`);
};

const epochDay = (date: Temporal.PlainDate): number =>
  new Temporal.PlainDate(1970, 1, 1).until(date, { largestUnit: 'day' }).days;

/** How many days, weeks, months … have begun since a fixed day, by the calendar. */
const begun = (date: Temporal.PlainDate, unit: Unit, firstWeekday: number): number => {
  const month = date.year * 12 + date.month - 1;
  switch (unit) {
    case 'year':
      return date.year;
    case 'quarter':
      return Math.floor(month / 3);
    case 'month':
      return month;
    case 'week':
      // The first day of the epoch was a Thursday.
      return Math.floor((epochDay(date) + 4 - firstWeekday) / 7);
    default:
      return epochDay(date);
  }
};

const unitMilliseconds: Readonly<Partial<Record<Unit, number>>> = {
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
};

/** So many milliseconds, of whatever is always of one length; a day of a clock that is never changed. */
export const lengthOf = (unit: Unit): number | undefined => {
  if (unit === 'day') return dayMilliseconds;
  return unit === 'week' ? 7 * dayMilliseconds : unitMilliseconds[unit];
};

const wallMilliseconds = (local: Temporal.ZonedDateTime): number =>
  local.epochMilliseconds + local.offsetNanoseconds / 1e6;

/** The instant at which the hour, minute … of the clock on the wall began. */
const startOf = (local: Temporal.ZonedDateTime, milliseconds: number): number => {
  const wall = wallMilliseconds(local);
  return local.epochMilliseconds - (((wall % milliseconds) + milliseconds) % milliseconds);
};

interface Span {
  readonly unit: Unit;
  readonly firstWeekday: number;
}

const spanOf = ({ unit, startOfWeek = 'sunday' }: Document): Span => {
  const known = unitOf(unit);
  return { unit: known, firstWeekday: known === 'week' ? weekdayOf(startOfWeek) : 1 };
};

const difference = onNamed(
  { required: ['startDate', 'endDate', 'unit'], optional: ['timezone', 'startOfWeek'] },
  (options, name) => {
    if (Object.values(options).some(isNothing)) return null;
    const { unit, firstWeekday } = spanOf(options);
    const [start, end] = [options.startDate, options.endDate].map((date) =>
      zoned(dateOf(date, name), options.timezone),
    ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
    const milliseconds = unitMilliseconds[unit];
    const count = milliseconds
      ? Math.round((startOf(end, milliseconds) - startOf(start, milliseconds)) / milliseconds)
      : begun(end.toPlainDate(), unit, firstWeekday) - begun(start.toPlainDate(), unit, firstWeekday);
    return Long.fromNumber(count);
  },
);

const below = (value: number, size: number): number => Math.floor(value / size) * size;

const firstDays: Readonly<Partial<Record<Unit, (count: number) => Temporal.PlainDate>>> = {
  year: (count) => new Temporal.PlainDate(2000, 1, 1).add({ years: count }),
  quarter: (count) => new Temporal.PlainDate(2000, 1, 1).add({ months: 3 * count }),
  month: (count) => new Temporal.PlainDate(2000, 1, 1).add({ months: count }),
  day: (count) => new Temporal.PlainDate(2000, 1, 1).add({ days: count }),
};

/** Bins are counted from the beginning of 2000, weeks from the first of their kind that began in it. */
const binStart = (date: Temporal.PlainDate, { unit, firstWeekday }: Span, size: number): Temporal.PlainDate => {
  const january = new Temporal.PlainDate(2000, 1, 1);
  const first = january.add({ days: (firstWeekday - january.dayOfWeek + 7) % 7 });
  const reference = unit === 'week' ? first : january;
  const bins = begun(date, unit, firstWeekday) - begun(reference, unit, firstWeekday);
  const count = below(bins, size);
  return unit === 'week' ? first.add({ weeks: count }) : firstDays[unit]!(count);
};

const binSizeOf = (value: unknown): number => {
  const size = asInt(value);
  if (size !== undefined && size > 0) return size;
  throw locationFailure(5439018, `$dateTrunc requires 'binSize' to be a 64-bit integer greater than 0`);
};

const truncate = onNamed(
  { required: ['date', 'unit'], optional: ['binSize', 'timezone', 'startOfWeek'] },
  (options, name) => {
    if (Object.values(options).some(isNothing)) return null;
    const size = binSizeOf(options.binSize ?? 1);
    const span = spanOf(options);
    const local = zoned(dateOf(options.date, name), options.timezone);
    const milliseconds = unitMilliseconds[span.unit];
    if (milliseconds === undefined) {
      return toDate(binStart(local.toPlainDate(), span, size).toZonedDateTime(local.timeZoneId));
    }
    const reference = new Temporal.PlainDate(2000, 1, 1).toZonedDateTime(local.timeZoneId).epochMilliseconds;
    return new Date(reference + below(local.epochMilliseconds - reference, size * milliseconds));
  },
);

export const calendarOperators: Readonly<Record<string, Operator>> = {
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateDiff: difference,
  $dateTrunc: truncate,
};
