import { Temporal } from 'temporal-polyfill';
import type { Document } from '../../bson/decode.ts';
import { failure, isConversionFailure, locationFailure } from '../../errors.ts';
import { isNothing, onNamed, type Operator } from '../operator.ts';
import { dateOf, toDate, weekOf, zoned, zoneOf } from './time-zones.ts';

const months = 'January February March April May June July August September October November December'.split(' ');

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

const yearText = (year: number): string => {
  if (year >= 0 && year <= 9_999) return padded(year, 4);
  throw locationFailure(18537, `Could not convert date to string: ${year} is outside the supported range of 0-9999`);
};

const offsetOf = ({ offsetNanoseconds }: Temporal.ZonedDateTime): number => offsetNanoseconds / 60e9;

const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60), 2)}${padded(size % 60, 2)}`;
};

const specifiers: Readonly<Record<string, (local: Temporal.ZonedDateTime) => string>> = {
  '%': () => '%',
  b: ({ month }) => months[month - 1]!.slice(0, 3),
  B: ({ month }) => months[month - 1]!,
  d: ({ day }) => padded(day, 2),
  G: ({ yearOfWeek }) => yearText(yearOfWeek!),
  H: ({ hour }) => padded(hour, 2),
  j: ({ dayOfYear }) => padded(dayOfYear, 3),
  L: ({ millisecond }) => padded(millisecond, 3),
  m: ({ month }) => padded(month, 2),
  M: ({ minute }) => padded(minute, 2),
  S: ({ second }) => padded(second, 2),
  u: ({ dayOfWeek }) => String(dayOfWeek),
  U: (local) => padded(weekOf(local), 2),
  V: ({ weekOfYear }) => padded(weekOfYear!, 2),
  w: ({ dayOfWeek }) => String((dayOfWeek % 7) + 1),
  Y: ({ year }) => yearText(year),
  z: (local) => offsetText(offsetOf(local)),
  Z: (local) => String(offsetOf(local)),
};

const filled = (format: string, local: Temporal.ZonedDateTime): string =>
  format.replaceAll(/%(.?)/gs, (_, letter: string) => {
    const specifier = Object.hasOwn(specifiers, letter) ? specifiers[letter] : undefined;
    if (specifier) return specifier(local);
    if (letter === '') throw locationFailure(18535, "Unmatched '%' at end of format string");
    throw locationFailure(18536, `Invalid format character '%${letter}' in format string`);
  });

const isoFormat = '%Y-%m-%dT%H:%M:%S.%L';

/** Said, but to be nothing: then so is the result. */
const isVoid = (options: Document, ...names: string[]): boolean =>
  names.some((name) => name in options && isNothing(options[name]));

const textNames = {
  required: ['date'],
  optional: ['format', 'timezone', 'onNull'],
  faults: { notAnObject: 18629, unknown: 18534, missing: { date: 18628 } },
};

const toText = onNamed(textNames, (options, name) => {
  const { date, format, timezone } = options;
  if (isNothing(date)) return options.onNull ?? null;
  if (isVoid(options, 'timezone', 'format')) return null;
  const local = zoned(dateOf(date, name), timezone);
  if (format === undefined) return filled(local.timeZoneId === 'UTC' ? `${isoFormat}Z` : isoFormat, local);
  if (typeof format === 'string') return filled(format, local);
  throw locationFailure(18533, `${name} requires that 'format' be a string`);
});

const unparsed = (text: string, reason: string): Error =>
  failure('ConversionFailure', `Error parsing date string '${text}'; ${reason}`);

type Parts = Readonly<Record<string, string | undefined>>;

/** What stands for what in a text that is read. */
const patterns: Readonly<Record<string, string>> = {
  '%': '%',
  b: `(?<name>${months.map((month) => month.slice(0, 3)).join('|')})`,
  B: `(?<name>${months.join('|')})`,
  d: '(?<day>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  j: '(?<dayOfYear>\\d{1,3})',
  L: '(?<fraction>\\d{1,3})',
  m: '(?<month>\\d{1,2})',
  M: '(?<minute>\\d{1,2})',
  S: '(?<second>\\d{1,2})',
  Y: '(?<year>\\d{4})',
  z: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
  Z: '(?<minutes>[+-]\\d{1,3})',
};

const iso = new RegExp(
  `^${patterns.Y}-${patterns.m}-${patterns.d}(?:[T ]${patterns.H}:${patterns.M}(?::${patterns.S}(?:[.,](?<fraction>\\d{1,9}))?)?)?\\s*${patterns.z}?$`,
);

const patternOf = (format: string): RegExp => {
  const source = format.replaceAll(/%(.?)|[\\^$.*+?()[\]{}|/]/gs, (found, letter: string | undefined) => {
    if (letter === undefined) return `\\${found}`;
    if (Object.hasOwn(patterns, letter)) return patterns[letter]!;
    if (!Object.hasOwn(specifiers, letter)) {
      throw locationFailure(18536, `Invalid format character '%${letter}' in format string`);
    }
    throw failure('NotImplemented', `reading dates by %${letter} is not supported by this server`);
  });
  const groups = source.match(/\?<\w+>/g) ?? [];
  if (new Set(groups).size < groups.length)
    throw failure('NotImplemented', `reading a part of a date twice is not supported by this server: ${format}`);
  return new RegExp(`^${source}$`, 'i');
};

const zoneIn = ({ offset, minutes }: Parts): string | null => {
  if (minutes !== undefined) return offsetText(Number(minutes));
  if (offset === undefined) return null;
  return offset.toUpperCase() === 'Z' ? 'UTC' : offset;
};

const monthOf = ({ name, month }: Parts): number => {
  if (name === undefined) return Number(month ?? 1);
  return 1 + months.findIndex((known) => known.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase());
};

const timeIn = ({ hour = '0', minute = '0', second = '0', fraction = '0' }: Parts) => ({
  hour: Number(hour),
  minute: Number(minute),
  second: Number(second),
  millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
});

const wallTime = (parts: Parts): Temporal.PlainDateTime => {
  const { year, day = '1', dayOfYear } = parts;
  const time = timeIn(parts);
  const date = { year: Number(year), month: monthOf(parts), day: Number(day) };
  const wall = Temporal.PlainDateTime.from({ ...date, ...time }, { overflow: 'reject' });
  return dayOfYear === undefined ? wall : wall.with({ month: 1, day: 1 }).add({ days: Number(dayOfYear) - 1 });
};

interface Reading {
  readonly format?: string | undefined;
  readonly timezone?: unknown;
}

/** Nobody can tell a text that is no date from one in a way of writing that only the server knows. */
const notIso = (text: string): Error =>
  /\d/.test(text)
    ? failure('NotImplemented', `the date '${text}' is not written in a way that this server reads`)
    : unparsed(text, 'the text is no date');

const partsOf = (text: string, format: string | undefined): Parts => {
  const parts = (format === undefined ? iso : patternOf(format)).exec(text)?.groups;
  if (parts) return parts;
  throw format === undefined ? notIso(text) : unparsed(text, 'it is not as the format says');
};

export const parseDate = (text: string, { format, timezone }: Reading = {}): Date => {
  const parts = partsOf(text, format);
  const own = zoneIn(parts);
  if (own !== null && !isNothing(timezone))
    throw unparsed(text, "you cannot pass in a date/time string with time zone information together with a 'timezone'");
  try {
    return toDate(wallTime(parts).toZonedDateTime(zoneOf(own ?? timezone)));
  } catch (cause) {
    if (cause instanceof RangeError) throw unparsed(text, 'there is no such day or time');
    throw cause;
  }
};

const names = {
  required: ['dateString'],
  optional: ['format', 'timezone', 'onError', 'onNull'],
  faults: { notAnObject: 40540, unknown: 40541, missing: { dateString: 40542 } },
};

const read = ({ dateString, format, timezone }: Readonly<Record<string, unknown>>): Date => {
  if (typeof dateString !== 'string') {
    throw failure('ConversionFailure', "$dateFromString requires that 'dateString' be a string");
  }
  if (format !== undefined && typeof format !== 'string')
    throw locationFailure(40684, "$dateFromString requires that 'format' be a string");
  return parseDate(dateString, { format, timezone });
};

const fromText = onNamed(names, (options) => {
  if (isNothing(options.dateString)) return options.onNull ?? null;
  if (isVoid(options, 'format', 'timezone')) return null;
  try {
    return read(options);
  } catch (error) {
    if (isConversionFailure(error) && 'onError' in options) return options.onError;
    throw error;
  }
});

export const dateTextOperators: Readonly<Record<string, Operator>> = {
  $dateToString: toText,
  $dateFromString: fromText,
};
