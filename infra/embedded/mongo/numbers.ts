import type { BsonNumber } from './bson/number-order.ts';
import { rank, rankOf } from './bson/order.ts';

export const isNumber = (value: unknown): value is BsonNumber => rankOf(value) === rank.number;

/** As a double; the many places that take "any number" in a command want no more than that. */
export const toNumber = (value: BsonNumber): number =>
  typeof value === 'object' && value._bsontype === 'Decimal128' ? Number(value.toString()) : Number(value.valueOf());

/** A decimal may be too small for a double, and is not zero then. */
export const isZero = (value: BsonNumber): boolean => toNumber(value) === 0 && !/^[^E]*[1-9]/.test(value.toString());

/** The server's truth: everything but false, zero, null and missing. */
export const isTruthy = (value: unknown): boolean =>
  isNumber(value) ? !isZero(value) : value !== null && value !== undefined && value !== false;
