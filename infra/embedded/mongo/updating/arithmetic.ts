import { computeWithin64Bits } from '../arithmetic/operations.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { failure } from '../errors.ts';

const operations = { $inc: 'add', $mul: 'multiply' } as const;

/** The wider of the two types holds the result; an Int32 that overflows becomes a Long, a Long is refused. */
export const compute = (operator: '$inc' | '$mul', left: BsonNumber, right: BsonNumber): BsonNumber => {
  const result = computeWithin64Bits(operations[operator], left, right);
  if (result !== undefined) return result;
  throw failure('BadValue', `Failed to apply ${operator} operations to current value: the result is beyond 64 bits`);
};
