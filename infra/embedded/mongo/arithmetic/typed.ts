import { Decimal128, Double, Long } from 'bson';
import type { BsonNumber } from '../bson/number-order.ts';
import { decimalOf, decimalOfDouble } from './decimal.ts';
import { toNumber } from '../numbers.ts';

/**
 * Numbers as they are computed with. A bare one is an int when it is whole and within 32 bits, and a double otherwise,
 * which is also how it is written; every other number (a long, a decimal, a double that is whole and small) is in the
 * wrapper that names its type.
 */

/** The wider of two types holds what comes of both. */
export const width = { int: 0, long: 1, double: 2, decimal: 3 } as const;

export const isInt = (value: number): boolean => Object.is(value, value | 0);

const widths: Readonly<Record<string, number>> = {
  Int32: width.int,
  Long: width.long,
  Double: width.double,
  Decimal128: width.decimal,
};

export const widthOf = (value: BsonNumber): number => {
  if (typeof value === 'number') return isInt(value) ? width.int : width.double;
  return typeof value === 'bigint' ? width.long : widths[value._bsontype]!;
};

export const double = (value: number): BsonNumber => (isInt(value) ? new Double(value) : value);

export const long = (value: bigint): Long => Long.fromBigInt(value);

export const intOrLong = (value: bigint): BsonNumber =>
  BigInt.asIntN(32, value) === value ? Number(value) : Long.fromBigInt(value);

export const isWithinLong = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

/** An int or a long. */
export const isWhole = (value: BsonNumber): boolean => widthOf(value) <= width.long;

export const toBigInt = (value: BsonNumber): bigint =>
  value instanceof Long ? value.toBigInt() : BigInt(toNumber(value));

export const toDecimal = (value: BsonNumber): Decimal128 => {
  if (value instanceof Decimal128) return value;
  return isWhole(value) ? decimalOf({ digits: toBigInt(value), exponent: 0 }) : decimalOfDouble(toNumber(value));
};
