import { ObjectId, Timestamp } from 'bson';
import { Temporal } from 'temporal-polyfill';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNothing } from '../operator.ts';

export const dayMilliseconds = 86_400_000;

/** The names and offsets that the server knows, as Temporal has them; nothing is UTC. */
export const zoneOf = (zone: unknown): string => {
  if (isNothing(zone)) return 'UTC';
  if (typeof zone !== 'string')
    throw locationFailure(40517, `timezone must evaluate to a string, found ${typeName(zone)}`);
  const offset = /^([+-]\d{2}):?(\d{2})?$/.exec(zone);
  const name = offset ? `${offset[1]!}:${offset[2] ?? '00'}` : zone;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw locationFailure(40485, `unrecognized time zone identifier: "${zone}"`);
  }
};

export const zoned = (date: Date, zone: unknown): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zoneOf(zone));

export const toDate = ({ epochMilliseconds }: { readonly epochMilliseconds: number }): Date =>
  new Date(epochMilliseconds);

/** Refuses what would be before the first date, or after the last. */
export const withinDates = <Value>(compute: () => Value): Value => {
  try {
    return compute();
  } catch (cause) {
    if (cause instanceof RangeError) throw failure('Overflow', 'date overflow');
    throw cause;
  }
};

/** Whatever has a time in it. */
export const dateOf = (value: unknown, operator: string, code = 16006): Date => {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date((value.high >>> 0) * 1_000);
  throw locationFailure(code, `can't convert from BSON type ${typeName(value)} to Date in ${operator}`);
};

/** Weeks begin on Sunday; what comes before the first is week 0. */
export const weekOf = ({ dayOfYear, dayOfWeek }: Temporal.ZonedDateTime): number =>
  Math.floor((dayOfYear - 1 + 7 - (dayOfWeek % 7)) / 7);
