import type { Decimal128 } from 'bson';
import type { BsonNumber } from '../bson/number-order.ts';
import { toNumber } from '../numbers.ts';
import { addDecimals, divideDecimals, multiplyDecimals, negateDecimal, remainderOfDecimals } from './decimal.ts';
import { double, intOrLong, isInt, isWithinLong, long, toBigInt, toDecimal, width, widthOf } from './typed.ts';

interface Operation {
  readonly whole: (left: bigint, right: bigint) => bigint;
  readonly double: (left: number, right: number) => number;
  readonly decimal: (left: Decimal128, right: Decimal128) => Decimal128;
}

const operations = {
  add: { whole: (left, right) => left + right, double: (left, right) => left + right, decimal: addDecimals },
  subtract: {
    whole: (left, right) => left - right,
    double: (left, right) => left - right,
    decimal: (left, right) => addDecimals(left, negateDecimal(right)),
  },
  multiply: { whole: (left, right) => left * right, double: (left, right) => left * right, decimal: multiplyDecimals },
  modulo: { whole: (left, right) => left % right, double: (left, right) => left % right, decimal: remainderOfDecimals },
} satisfies Record<string, Operation>;
type OperationName = keyof typeof operations;

/** The wider type of the two holds the result, a long where an int does not; undefined where a long does not, either. */
export const computeWithin64Bits = (
  name: OperationName,
  left: BsonNumber,
  right: BsonNumber,
): BsonNumber | undefined => {
  const operation = operations[name];
  const wider = Math.max(widthOf(left), widthOf(right));
  if (wider === width.decimal) return operation.decimal(toDecimal(left), toDecimal(right));
  if (wider === width.double) return double(operation.double(toNumber(left), toNumber(right)));
  const result = operation.whole(toBigInt(left), toBigInt(right));
  if (!isWithinLong(result)) return undefined;
  return wider === width.int ? intOrLong(result) : long(result);
};

/** The same; beyond 64 bits it is a double. */
export const compute = (name: OperationName, left: BsonNumber, right: BsonNumber): BsonNumber => {
  if (typeof left === 'number' && typeof right === 'number') {
    const quick = operations[name].double(left, right);
    // Ints make no fraction, and what stays an int among ints is right as it is.
    if (!Number.isInteger(quick) || (isInt(quick) && isInt(left) && isInt(right))) return quick;
  }
  return computeWithin64Bits(name, left, right) ?? double(operations[name].double(toNumber(left), toNumber(right)));
};

/** Always a double, or a decimal when one of the two is. The divisor is not zero. */
export const divide = (left: BsonNumber, right: BsonNumber): BsonNumber =>
  Math.max(widthOf(left), widthOf(right)) === width.decimal
    ? divideDecimals(toDecimal(left), toDecimal(right))
    : double(toNumber(left) / toNumber(right));
