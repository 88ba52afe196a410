import type { BsonNumber } from './bson/number-order.ts';
import { rank, rankOf } from './bson/order.ts';

export const isNumber = (value: unknown): value is BsonNumber => rankOf(value) === rank.number;

/** As a double; the many places that take "any number" in a command want no more than that. */
export const toNumber = (value: BsonNumber): number =>
  typeof value === 'object' && value._bsontype === 'Decimal128' ? Number(value.toString()) : Number(value.valueOf());

const toEven = (value: number): number => {
  const below = Math.floor(value);
  return value - below === 0.5 ? below + Math.abs(below % 2) : Math.round(value);
};

/** As the server makes a whole number of any: decimals are rounded, to even halfway, and doubles are cut. */
export const toWhole = (value: BsonNumber): number => {
  const number = toNumber(value);
  if (Number.isNaN(number)) return 0;
  const isDecimal = typeof value === 'object' && value._bsontype === 'Decimal128';
  return (isDecimal ? toEven(number) : Math.trunc(number)) || 0;
};

/** A decimal may be too small for a double, and is not zero then. */
export const isZero = (value: BsonNumber): boolean => toNumber(value) === 0 && !/^[^E]*[1-9]/.test(value.toString());

/** The server's truth: everything but false, zero, null and missing. */
export const isTruthy = (value: unknown): boolean =>
  isNumber(value) ? !isZero(value) : value !== null && value !== undefined && value !== false;
