import type { BsonNumber } from '../../bson/number-order.ts';
import { type CommandFailure, failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, toNumber } from '../../numbers.ts';

/** What the server says of an operand that is no number: its own number, or the name of it. */
export const notNumeric = (code: number | 'TypeMismatch', message: string): CommandFailure =>
  code === 'TypeMismatch' ? failure(code, message) : locationFailure(code, message);

export const numberOr = (value: unknown, refusal: () => Error): BsonNumber => {
  if (isNumber(value)) return value;
  throw refusal();
};

/** A whole number of any type that 32 bits hold, as counts and places are; undefined for anything else. */
export const asInt = (value: unknown): number | undefined => {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  return number === (number | 0) ? number : undefined;
};

/** A whole number that a double holds, for what is counted in more than 32 bits. */
export const integerOr = (value: unknown, refusal: () => Error): number => {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw refusal();
};

export const onlyNumbers = (name: string, ...values: unknown[]): string =>
  `${name} only supports numeric types, not ${values.map(typeName).join(' and ')}`;
