import { Long } from 'bson';
import { Temporal } from 'temporal-polyfill';
import type { Document } from '../../bson/decode.ts';
import { CommandFailure, failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNothing, onNamed, type Operator } from '../operator.ts';
import { integerOr } from './numeric.ts';
import { dateOf, dayMilliseconds, toDate, withinDates, zoned } from './time-zones.ts';

type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';
const units = new Set<unknown>(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

export const unitOf = (unit: unknown): Unit => {
  if (units.has(unit)) return unit as Unit;
  throw failure('FailedToParse', `unknown time unit value: ${String(unit)}`);
};

/** The same, refused by the numbers of an operator: for what is no text, and for no unit. */
const unitFor = (unit: unknown, name: string): Unit => {
  if (typeof unit !== 'string')
    throw locationFailure(5439013, `${name} requires 'unit' to be a string, but got ${typeName(unit)}`);
  if (units.has(unit)) return unit as Unit;
  throw locationFailure(5439014, `${name} parameter 'unit' value cannot be recognized as a time unit: ${unit}`);
};

/** Days and longer go by the calendar of the time zone, and end with its month at the latest; hours are hours. */
export const later = (local: Temporal.ZonedDateTime, unit: Unit, amount: number): Date =>
  withinDates(() => toDate(local.add(unit === 'quarter' ? { months: 3 * amount } : { [`${unit}s`]: amount })));

const missingInShift = 5166402;

const shiftNames = {
  required: ['startDate', 'unit', 'amount'],
  optional: ['timezone'],
  faults: {
    notAnObject: 5166400,
    unknown: 5166401,
    missing: { startDate: missingInShift, unit: missingInShift, amount: missingInShift },
  },
};

const amountOf = (amount: unknown, name: string): number =>
  integerOr(amount, () =>
    amount instanceof Long
      ? locationFailure(5976500, `invalid ${name} 'amount' parameter value: ${amount.toString()}`)
      : locationFailure(5166405, `${name} expects integer amount of time units`),
  );

const laterWithin = (name: string, compute: () => Date): Date => {
  try {
    return compute();
  } catch (error) {
    if (error instanceof CommandFailure && error.codeName === 'Overflow')
      throw locationFailure(5166406, `${name} overflowed`);
    throw error;
  }
};

const shift = (sign: 1 | -1): Operator =>
  onNamed(shiftNames, (options, name) => {
    const { startDate, unit, amount, timezone } = options;
    if (Object.values(options).some(isNothing)) return null;
    const count = amountOf(amount, name);
    if (typeof unit !== 'string')
      throw locationFailure(5166404, `${name} expects string defining the time unit, found ${typeName(unit)}`);
    return laterWithin(name, () =>
      later(zoned(dateOf(startDate, name, 5166403), timezone), unitOf(unit), sign * count),
    );
  });

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** From 1 for Monday. */
const weekdayOf = (name: unknown, operator: string): number => {
  if (typeof name !== 'string')
    throw locationFailure(5439015, `${operator} requires 'startOfWeek' to be a string, but got ${typeName(name)}`);
  const text = name.toLowerCase();
  const at = weekdays.findIndex((day) => day === text || (text.length === 3 && day.startsWith(text)));
  if (at >= 0) return at + 1;
  throw locationFailure(
    5439016,
    `${operator} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${name}`,
  );
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

const spanOf = ({ unit, startOfWeek = 'sunday' }: Document, name: string): Span => {
  const known = unitFor(unit, name);
  return { unit: known, firstWeekday: known === 'week' ? weekdayOf(startOfWeek, name) : 1 };
};

/** Whether anything is nothing that matters; where a week begins does so for weeks only. */
const lacksAny = (options: Document): boolean =>
  Object.entries(options).some(
    ([name, value]) => isNothing(value) && (name !== 'startOfWeek' || options.unit === 'week'),
  );

const difference = onNamed(
  {
    required: ['startDate', 'endDate', 'unit'],
    optional: ['timezone', 'startOfWeek'],
    faults: {
      notAnObject: 5166301,
      unknown: 5166302,
      missing: { startDate: 5166303, endDate: 5166304, unit: 5166305 },
    },
  },
  (options, name) => {
    if (lacksAny(options)) return null;
    const [from, to] = [options.startDate, options.endDate].map((date) => dateOf(date, name, 5166307)) as [Date, Date];
    const { unit, firstWeekday } = spanOf(options, name);
    const [start, end] = [from, to].map((date) => zoned(date, options.timezone)) as [
      Temporal.ZonedDateTime,
      Temporal.ZonedDateTime,
    ];
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
  const size = integerOr(value, () =>
    locationFailure(5439017, "$dateTrunc requires 'binSize' to be a 64-bit integer, but got another value"),
  );
  if (size > 0) return size;
  throw locationFailure(5439018, `$dateTrunc requires 'binSize' to be a 64-bit integer greater than 0`);
};

const truncate = onNamed(
  {
    required: ['date', 'unit'],
    optional: ['binSize', 'timezone', 'startOfWeek'],
    faults: { notAnObject: 5439007, unknown: 5439008, missing: { date: 5439009, unit: 5439010 } },
  },
  (options, name) => {
    if (lacksAny(options)) return null;
    const date = dateOf(options.date, name, 5439012);
    const size = binSizeOf(options.binSize ?? 1);
    const span = spanOf(options, name);
    const local = zoned(date, options.timezone);
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
