import { Int32, Long } from 'bson';
import { type Document, isDocument } from '../bson/decode.ts';
import { collatedOrder } from '../matching/collation-scope.ts';
import { failure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { newTimestamp } from '../storage/document-shape.ts';
import { shellText } from '../storage/shell-text.ts';
import { compute } from './arithmetic.ts';
import { addToSet, pop, pull, pullAll, push } from './array-operators.ts';
import { type Change, gone, type Target, unchanged } from './path.ts';

export interface OperatorUse {
  readonly operator: string;
  readonly path: string;
  readonly operand: unknown;
}

const idText = ({ _id }: Document): string => `{_id: ${shellText(_id)}}`;

const lastField = (path: string): string => path.split('.').at(-1)!;

const arithmetic = ({ operator, path, operand }: OperatorUse): Change => {
  const name = operator as '$inc' | '$mul';
  if (!isNumber(operand)) {
    const verb = name === '$inc' ? 'increment' : 'multiply';
    throw failure('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${path}: ${shellText(operand)}}`);
  }
  const zero = operand instanceof Long ? Long.fromNumber(0) : new Int32(0);
  return (old, root) => {
    if (old === undefined) return name === '$inc' ? operand : compute('$mul', zero, operand);
    if (isNumber(old)) return compute(name, old, operand);
    throw failure(
      'TypeMismatch',
      `Cannot apply ${name} to a value of non-numeric type. ${idText(root)} has the field '${lastField(path)}' of non-numeric type ${typeName(old)}`,
    );
  };
};

const keepBetter =
  (isBetter: (order: number) => boolean) =>
  ({ operand }: OperatorUse): Change =>
  (old) =>
    old === undefined || isBetter(collatedOrder(operand, old)) ? operand : unchanged;

const onlyType = (operand: Document): unknown => {
  const unknown = Object.keys(operand).find((name) => name !== '$type');
  if (unknown === undefined) return operand.$type;
  throw failure('BadValue', `Unrecognized $currentDate option: ${unknown}`);
};

const currentDate = ({ operand }: OperatorUse): Change => {
  const type = isDocument(operand) ? onlyType(operand) : typeof operand === 'boolean' ? 'date' : undefined;
  if (type === 'date') return () => new Date();
  if (type === 'timestamp') return newTimestamp;
  throw failure('BadValue', `${shellText(operand)} is not valid type for $currentDate`);
};

const bitwise: Record<string, (left: bigint, right: bigint) => bigint> = {
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
};

const isWhole = (value: unknown): value is Int32 | Long => value instanceof Int32 || value instanceof Long;

const bit = ({ operand, path }: OperatorUse): Change => {
  const steps = Object.entries(isDocument(operand) ? operand : {});
  if (steps.length === 0 || !steps.every(([name, value]) => name in bitwise && isWhole(value))) {
    throw failure(
      'BadValue',
      `The $bit modifier takes and, or, xor with an Int32/64, not: {${path}: ${shellText(operand)}}`,
    );
  }
  return (old = new Int32(0), root) => {
    if (!isWhole(old))
      throw failure(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type.${idText(root)} has the field ${lastField(path)} of non-integer type ${typeName(old)}`,
      );
    const isWide = [old, ...steps.map(([, value]) => value)].some((value) => value instanceof Long);
    const result = steps.reduce(
      (bits, [name, value]) => bitwise[name]!(bits, BigInt(String(value))),
      BigInt(String(old)),
    );
    return isWide ? Long.fromBigInt(BigInt.asIntN(64, result)) : new Int32(toNumber(BigInt.asIntN(32, result)));
  };
};

const set =
  ({ operand }: OperatorUse): Change =>
  () =>
    operand;

interface Operator {
  readonly compile: (use: OperatorUse) => Change;
  readonly blocked: Target['blocked'];
}
const creating = (compile: Operator['compile']): Operator => ({ compile, blocked: 'create' });
const changing = (compile: Operator['compile']): Operator => ({ compile, blocked: 'refuse' });

/** `$rename` and `$setOnInsert` are read where the update is put together. */
export const operators: Readonly<Record<string, Operator>> = {
  $set: creating(set),
  $setOnInsert: creating(set),
  $unset: { compile: () => (old) => (old === undefined ? unchanged : gone), blocked: 'ignore' },
  $inc: creating(arithmetic),
  $mul: creating(arithmetic),
  $min: creating(keepBetter((order) => order < 0)),
  $max: creating(keepBetter((order) => order > 0)),
  $currentDate: creating(currentDate),
  $bit: creating(bit),
  $push: creating(push),
  $addToSet: creating(addToSet),
  $pop: changing(pop),
  $pull: changing(pull),
  $pullAll: changing(pullAll),
};
