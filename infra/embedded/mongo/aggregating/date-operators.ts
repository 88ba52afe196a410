import * as dates from 'mingo/operators/expression/date';
import { Temporal } from 'temporal-polyfill';
import { type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { evaluate, isNothing, onValue, type Operator } from './operator.ts';

/** The names and offsets that the server knows, as Temporal has them; nothing is UTC. */
const zoneOf = (zone: unknown): string => {
  if (isNothing(zone)) return 'UTC';
  const offset = /^([+-]\d{2}):?(\d{2})?$/.exec(String(zone));
  const name = offset ? `${offset[1]!}:${offset[2] ?? '00'}` : String(zone);
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw locationFailure(40485, `unrecognized time zone identifier: "${String(zone)}"`);
  }
};

const zoned = (date: Date, zone: unknown): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zoneOf(zone));

const dateOf = (value: unknown, operator: string): Date => {
  if (value instanceof Date) return value;
  throw locationFailure(16006, `can't convert from BSON type ${typeName(value)} to Date in ${operator}`);
};

/** `{ $year: '$t' }` or `{ $year: { date: '$t', timezone: … } }`. */
const part = (operator: string, read: (local: Temporal.ZonedDateTime) => number): Operator =>
  onValue((value) => {
    const { date, timezone } = isDocument(value) ? value : { date: value, timezone: undefined };
    const hasZone = isDocument(value) && 'timezone' in value;
    if (isNothing(date) || (hasZone && isNothing(timezone))) return null;
    return read(zoned(dateOf(date, operator), timezone));
  });

/** Weeks begin on Sunday; what comes before the first is week 0. */
const week = ({ dayOfYear, dayOfWeek }: Temporal.ZonedDateTime): number =>
  Math.floor((dayOfYear - 1 + 7 - (dayOfWeek % 7)) / 7);

const units = new Set(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

const durationOf = (unit: unknown, amount: number): Temporal.DurationLike => {
  if (typeof unit !== 'string' || !units.has(unit))
    throw failure('FailedToParse', `unknown time unit value: ${String(unit)}`);
  return unit === 'quarter' ? { months: 3 * amount } : { [`${unit}s`]: amount };
};

/** Days and longer go by the calendar of the time zone, and end with its month at the latest; hours are hours. */
const shift = (operator: string, sign: 1 | -1): Operator =>
  onValue((value) => {
    const { startDate, unit, amount, timezone } = value as Document;
    if ([startDate, unit, amount].some(isNothing)) return null;
    if (typeof amount !== 'number' || !Number.isInteger(amount)) {
      throw locationFailure(5166405, `${operator} expects integer amount of time units`);
    }
    const shifted = zoned(dateOf(startDate, operator), timezone).add(durationOf(unit, sign * amount));
    return new Date(shifted.epochMilliseconds);
  });

const dayMilliseconds = 86_400_000;

/** Midnight of the day before the first; parts beyond their range count on from there. */
const firstDay = ({ year, month = 1, isoWeekYear, isoWeek = 1, isoDayOfWeek = 1 }: Parts): number => {
  if (isoWeekYear === undefined) return utc(year!, month - 1) - dayMilliseconds;
  const fourth = new Date(utc(isoWeekYear, 0) + 3 * dayMilliseconds);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMilliseconds;
  return monday + ((isoWeek - 1) * 7 + isoDayOfWeek - 2) * dayMilliseconds;
};

const utc = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1);

type Parts = Partial<
  Record<
    | 'year'
    | 'month'
    | 'day'
    | 'hour'
    | 'minute'
    | 'second'
    | 'millisecond'
    | 'isoWeekYear'
    | 'isoWeek'
    | 'isoDayOfWeek',
    number
  >
>;

const checkParts = (parts: Document): void => {
  if (!('year' in parts) && !('isoWeekYear' in parts)) {
    throw locationFailure(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  }
  const wrong = Object.entries(parts).find(([, number]) => !Number.isInteger(number));
  if (wrong) throw locationFailure(40515, `'${wrong[0]}' must evaluate to an integer`);
};

const timeOfDay = ({ hour = 0, minute = 0, second = 0, millisecond = 0 }: Parts): number =>
  ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond;

const fromParts = onValue((value) => {
  const { timezone, ...parts } = value as Document;
  if (Object.values(parts).some(isNothing)) return null;
  checkParts(parts);
  const { day = 1 } = parts as Parts;
  const days = 'isoWeekYear' in parts ? 1 : day;
  const local = firstDay(parts) + days * dayMilliseconds + timeOfDay(parts);
  const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
  return new Date(wall.toZonedDateTime(zoneOf(timezone)).epochMilliseconds);
});

const partNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

const toParts = onValue((value) => {
  const { date, timezone, iso8601 } = value as Document;
  if (isNothing(date)) return null;
  const local = zoned(dateOf(date, '$dateToParts'), timezone);
  const all = Object.fromEntries(partNames.map((name) => [name, local[name]]));
  if (iso8601 !== true) return all;
  const { year: _year, month: _month, day: _day, ...time } = all;
  return { isoWeekYear: local.yearOfWeek, isoWeek: local.weekOfYear, isoDayOfWeek: local.dayOfWeek, ...time };
});

const checkFormat = (format: string): void => {
  const [unknown] = format.match(/%(?![bBdGHjLmMSuUVwYzZ%]).?/) ?? [];
  if (unknown !== undefined) throw locationFailure(18536, `Invalid format character '${unknown}' in format string`);
};

/** The library's weeks are not the server's. */
const toText: Operator = (object, expression, options) => {
  const { format, date, timezone } = (isDocument(expression) ? expression : {}) as Document;
  const wanted = evaluate(object, format, options);
  if (typeof wanted === 'string') checkFormat(wanted);
  const known = evaluate(object, date, options);
  if (typeof wanted !== 'string' || !wanted.includes('%U') || !(known instanceof Date)) {
    return (dates.$dateToString as unknown as Operator)(object, expression, options);
  }
  const number = week(zoned(known, evaluate(object, timezone, options)));
  const filled = wanted.replaceAll('%U', String(number).padStart(2, '0'));
  return (dates.$dateToString as unknown as Operator)(object, { ...(expression as Document), format: filled }, options);
};

const fromText: Operator = (object, expression, options) => {
  const { dateString, onError } = (isDocument(expression) ? expression : {}) as Document;
  const found = (dates.$dateFromString as unknown as Operator)(object, expression, options);
  const text = evaluate(object, dateString, options);
  if (found !== undefined || onError !== undefined || isNothing(text)) return found;
  throw failure('ConversionFailure', `Error parsing date string '${String(text)}'`);
};

export const dateOperators: Readonly<Record<string, Operator>> = {
  $year: part('$year', ({ year }) => year),
  $month: part('$month', ({ month }) => month),
  $dayOfMonth: part('$dayOfMonth', ({ day }) => day),
  $hour: part('$hour', ({ hour }) => hour),
  $minute: part('$minute', ({ minute }) => minute),
  $second: part('$second', ({ second }) => second),
  $millisecond: part('$millisecond', ({ millisecond }) => millisecond),
  $dayOfYear: part('$dayOfYear', ({ dayOfYear }) => dayOfYear),
  $dayOfWeek: part('$dayOfWeek', ({ dayOfWeek }) => (dayOfWeek % 7) + 1),
  $week: part('$week', week),
  $isoWeek: part('$isoWeek', ({ weekOfYear }) => weekOfYear!),
  $isoWeekYear: part('$isoWeekYear', ({ yearOfWeek }) => yearOfWeek!),
  $isoDayOfWeek: part('$isoDayOfWeek', ({ dayOfWeek }) => dayOfWeek),
  $dateAdd: shift('$dateAdd', 1),
  $dateSubtract: shift('$dateSubtract', -1),
  $dateFromParts: fromParts,
  $dateToParts: toParts,
  $dateToString: toText,
  $dateFromString: fromText,
};
