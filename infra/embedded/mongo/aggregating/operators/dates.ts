import { Long, Timestamp } from 'bson';
import { Temporal } from 'temporal-polyfill';
import { type Document, isDocument } from '../../bson/decode.ts';
import { locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { checkNames, isNothing, onNamed, onValue, type Operator } from '../operator.ts';
import { integerOr } from './numeric.ts';
import { dateOf, dayMilliseconds, toDate, weekOf, withinDates, zoned, zoneOf } from './time-zones.ts';

const partNames = { required: ['date'], optional: ['timezone'], faults: { unknown: 40535, missing: { date: 40539 } } };

/** `{ $year: '$t' }` or `{ $year: { date: '$t', timezone: … } }`. */
const part =
  (read: (local: Temporal.ZonedDateTime) => unknown): Operator =>
  (operand, compile, name) => {
    const list = Array.isArray(operand) ? operand : [operand];
    if (list.length !== 1)
      throw locationFailure(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${list.length}`,
      );
    const only: unknown = list[0];
    const isNamed = isDocument(only) && !Object.keys(only)[0]?.startsWith('$');
    const options = isNamed ? checkNames(only, partNames, name) : { date: only };
    const [date, timezone] = [compile(options.date), compile(options.timezone)];
    return (frame) => {
      const [value, zone] = [date(frame), timezone(frame)];
      if (isNothing(value) || ('timezone' in options && isNothing(zone))) return null;
      return read(zoned(dateOf(value, name), zone));
    };
  };

interface Parts {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly millisecond?: number;
  readonly isoWeekYear?: number;
  readonly isoWeek?: number;
  readonly isoDayOfWeek?: number;
}

const utc = (year: number, month: number): number => new Date(0).setUTCFullYear(year, month, 1);

/** Midnight of the day before the first; parts beyond their range count on from there. */
const firstDay = ({ year, month = 1, isoWeekYear, isoWeek = 1, isoDayOfWeek = 1 }: Parts): number => {
  if (isoWeekYear === undefined) return utc(year!, month - 1) - dayMilliseconds;
  const fourth = new Date(utc(isoWeekYear, 0) + 3 * dayMilliseconds);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMilliseconds;
  return monday + ((isoWeek - 1) * 7 + isoDayOfWeek - 2) * dayMilliseconds;
};

const timeOfDay = ({ hour = 0, minute = 0, second = 0, millisecond = 0 }: Parts): number =>
  ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond;

const dateParts = ['year', 'month', 'day'];
const isoParts = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];
const timeParts = ['hour', 'minute', 'second', 'millisecond'];

const numbered = (parts: Document): Parts =>
  Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [
      name,
      integerOr(value, () => locationFailure(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`)),
    ]),
  );

const mostOfPart = 32_767;
const unbounded = new Set(['second', 'millisecond']);

const checkRanges = (parts: Parts): void => {
  for (const [name, code] of [
    ['year', 40523],
    ['isoWeekYear', 31095],
  ] as const) {
    const year = parts[name] ?? 1;
    if (year < 1 || year > 9_999)
      throw locationFailure(code, `'${name}' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  }
  for (const [name, value] of Object.entries(parts) as [string, number][]) {
    if (unbounded.has(name) || Math.abs(value) <= mostOfPart) continue;
    throw locationFailure(
      31034,
      `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${value} is not`,
    );
  }
};

const buildNames = {
  required: [],
  optional: [...dateParts, ...isoParts, ...timeParts, 'timezone'],
  faults: { notAnObject: 40519, unknown: 40518 },
};

const build = onNamed(buildNames, (options) => {
  const { timezone, ...rest } = options;
  if (Object.values(options).some(isNothing)) return null;
  const parts = numbered(rest);
  checkRanges(parts);
  const days = 'isoWeekYear' in parts ? 1 : (parts.day ?? 1);
  const local = firstDay(parts) + days * dayMilliseconds + timeOfDay(parts);
  const zone = zoneOf(timezone);
  return withinDates(() => {
    const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
    return toDate(wall.toZonedDateTime(zone));
  });
});

const fromParts: Operator = (operand, compile, name) => {
  const given = checkNames(operand, buildNames, name);
  if (!('year' in given) && !('isoWeekYear' in given)) {
    throw locationFailure(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  }
  const mixed = dateParts.some((part) => part in given) && isoParts.some((part) => part in given);
  if (mixed)
    throw locationFailure(
      'year' in given ? 40489 : 40525,
      '$dateFromParts does not allow mixing natural dates with ISO dates',
    );
  return build(operand, compile, name);
};

const partsNames = {
  required: ['date'],
  optional: ['timezone', 'iso8601'],
  faults: { notAnObject: 40524, unknown: 40520, missing: { date: 40522 } },
};

const toParts = onNamed(partsNames, (options, name) => {
  const { date, timezone, iso8601 = false } = options;
  if (isNothing(date) || ('timezone' in options && isNothing(timezone)) || iso8601 === null) return null;
  if (typeof iso8601 !== 'boolean')
    throw locationFailure(40521, `iso8601 must evaluate to a bool, found ${typeName(iso8601)}`);
  const local = zoned(dateOf(date, name), timezone);
  const { year, month, day, hour, minute, second, millisecond } = local;
  const time = { hour, minute, second, millisecond };
  if (!iso8601) return { year, month, day, ...time };
  return { isoWeekYear: local.yearOfWeek, isoWeek: local.weekOfYear, isoDayOfWeek: local.dayOfWeek, ...time };
});

const ofTimestamp = (code: number, read: (value: Timestamp) => number): Operator =>
  onValue((value, name) => {
    if (isNothing(value)) return null;
    if (value instanceof Timestamp) return Long.fromNumber(read(value) >>> 0);
    throw locationFailure(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
  });

export const dateOperators: Readonly<Record<string, Operator>> = {
  $year: part(({ year }) => year),
  $month: part(({ month }) => month),
  $dayOfMonth: part(({ day }) => day),
  $hour: part(({ hour }) => hour),
  $minute: part(({ minute }) => minute),
  $second: part(({ second }) => second),
  $millisecond: part(({ millisecond }) => millisecond),
  $dayOfYear: part(({ dayOfYear }) => dayOfYear),
  $dayOfWeek: part(({ dayOfWeek }) => (dayOfWeek % 7) + 1),
  $week: part(weekOf),
  $isoWeek: part(({ weekOfYear }) => weekOfYear),
  $isoWeekYear: part(({ yearOfWeek }) => Long.fromNumber(yearOfWeek!)),
  $isoDayOfWeek: part(({ dayOfWeek }) => dayOfWeek),
  $dateFromParts: fromParts,
  $dateToParts: toParts,
  $tsSecond: ofTimestamp(5687301, ({ high }) => high),
  $tsIncrement: ofTimestamp(5687302, ({ low }) => low),
};
