import { Decimal128, Double, Int32, Long } from 'bson';
import type { BsonNumber } from '../bson/number-order.ts';
import { failure } from '../errors.ts';
import { toNumber } from '../numbers.ts';

const longMaximum = 2n ** 63n - 1n;
const longMinimum = -(2n ** 63n);

const isWhole = (value: BsonNumber): boolean =>
  typeof value === 'bigint' ||
  (typeof value === 'number' ? Number.isInteger(value) : value._bsontype === 'Int32' || value._bsontype === 'Long');
const isLong = (value: BsonNumber): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value._bsontype === 'Long');
const toBigInt = (value: BsonNumber): bigint => BigInt(value.toString());

interface Operation {
  readonly name: string;
  whole(left: bigint, right: bigint): bigint;
  double(left: number, right: number): number;
}

const operations: Record<'$inc' | '$mul', Operation> = {
  $inc: { name: '$inc', whole: (left, right) => left + right, double: (left, right) => left + right },
  $mul: { name: '$mul', whole: (left, right) => left * right, double: (left, right) => left * right },
};

/** The wider of the two types holds the result; an Int32 that overflows becomes a Long, a Long is refused. */
export const compute = (operator: '$inc' | '$mul', left: BsonNumber, right: BsonNumber): BsonNumber => {
  const operation = operations[operator];
  if (left instanceof Decimal128 || right instanceof Decimal128) {
    throw failure('NotImplemented', `${operator} on a Decimal128 is not supported by this server`);
  }
  if (!isWhole(left) || !isWhole(right)) return new Double(operation.double(toNumber(left), toNumber(right)));
  const result = operation.whole(toBigInt(left), toBigInt(right));
  if (result > longMaximum || result < longMinimum) {
    throw failure('BadValue', `Failed to apply ${operator} operations to current value: the result is beyond 64 bits`);
  }
  if (isLong(left) || isLong(right) || result !== BigInt.asIntN(32, result)) return Long.fromBigInt(result);
  return new Int32(Number(result));
};
