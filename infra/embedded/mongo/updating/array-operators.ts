import { DecodedFields, type Document, isDocument } from '../bson/decode.ts';
import { collatedKey } from '../matching/collation-scope.ts';
import { failure } from '../errors.ts';
import { compileFilter, compileValueFilter, isOfWholeDocuments } from '../matching/filter.ts';
import { isOperatorDocument, isRegex } from '../matching/shapes.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { shellText } from '../storage/shell-text.ts';
import { patternOrder } from '../querying/pattern-order.ts';
import { type Change, unchanged } from './path.ts';
import type { OperatorUse } from './operators.ts';

const arrayOf = (old: unknown, { operator, path }: OperatorUse, root: Document): unknown[] => {
  if (old === undefined) return [];
  if (Array.isArray(old)) return old;
  if (operator === '$push') {
    throw failure(
      'BadValue',
      `The field '${path}' must be an array but is of type ${typeName(old)} in document {_id: ${shellText(root._id)}}`,
    );
  }
  if (operator.startsWith('$pull')) throw failure('BadValue', `Cannot apply ${operator} to a non-array value`);
  throw failure(
    'BadValue',
    `Cannot apply ${operator} to non-array field. Field named '${path}' has non-array type ${typeName(old)}`,
  );
};

const eachOf = (operator: string, each: unknown, code: 'BadValue' | 'TypeMismatch'): unknown[] => {
  if (Array.isArray(each)) return each;
  throw failure(code, `The argument to $each in ${operator} must be an array but it was of type: ${typeName(each)}`);
};

const wholeNumber = (options: Document, name: string): number | undefined => {
  const value = options[name];
  if (value === undefined) return undefined;
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  if (Number.isInteger(number)) return number;
  throw failure('BadValue', `The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
};

const badValue = (message: string): Error => failure('BadValue', message);

const sorter = (pattern: unknown): ((values: unknown[]) => unknown[]) => {
  if (pattern === undefined) return (values) => values;
  const order = patternOrder(pattern, { fields: badValue, direction: badValue, type: badValue });
  return (values) => values.toSorted(order);
};

const pushOptions = new Set(['$each', '$slice', '$sort', '$position']);

export const push = (use: OperatorUse): Change => {
  const options = isDocument(use.operand) && '$each' in use.operand ? use.operand : { $each: [use.operand] };
  const unknown = Object.keys(options).find((name) => !pushOptions.has(name));
  if (unknown) throw failure('BadValue', `Unrecognized clause in $push: ${unknown}`);
  const added = eachOf('$push', options.$each, 'BadValue');
  const position = wholeNumber(options, '$position') ?? Number.POSITIVE_INFINITY;
  const slice = wholeNumber(options, '$slice');
  const sort = sorter(options.$sort);
  return (old, root) => {
    const values = [...arrayOf(old, use, root)];
    values.splice(position, 0, ...added);
    const inOrder = sort(values);
    if (slice === undefined) return inOrder;
    return slice < 0 ? inOrder.slice(slice) : inOrder.slice(0, slice);
  };
};

/** Only a document that begins with `$each` is no value itself. */
const valuesOf = (operand: unknown): unknown[] => {
  const [first, ...others] = isDocument(operand) ? Object.keys(operand) : [];
  if (!isDocument(operand) || first !== '$each') return [operand];
  const values = eachOf('$addToSet', operand.$each, 'TypeMismatch');
  if (others.length === 0) return values;
  throw failure('BadValue', `Found unexpected fields after $each in $addToSet: ${shellText(operand)}`);
};

export const addToSet = (use: OperatorUse): Change => {
  const added = valuesOf(use.operand);
  return (old, root) => {
    const values = arrayOf(old, use, root);
    const known = new Set(values.map(collatedKey));
    const fresh = added.filter((value) => !known.has(collatedKey(value)) && known.add(collatedKey(value)));
    return fresh.length > 0 || old === undefined ? [...values, ...fresh] : unchanged;
  };
};

export const pop = (use: OperatorUse): Change => {
  const end = isNumber(use.operand) ? toNumber(use.operand) : 0;
  if (end !== 1 && end !== -1) throw failure('FailedToParse', `$pop expects 1 or -1, found: ${String(use.operand)}`);
  return (old) => {
    if (old === undefined) return unchanged;
    if (!Array.isArray(old)) {
      throw failure('TypeMismatch', `Path '${use.path}' contains an element of non-array type '${typeName(old)}'`);
    }
    return end === 1 ? old.slice(0, -1) : old.slice(1);
  };
};

const without = (use: OperatorUse, isUnwanted: (value: unknown) => boolean): Change => {
  return (old, root) => (old === undefined ? unchanged : arrayOf(old, use, root).filter((value) => !isUnwanted(value)));
};

/** A document is a filter over the elements, `{ $gt: 3 }` a filter over their values, anything else is equality. */
export const pull = (use: OperatorUse): Change => {
  const { operand } = use;
  const isOfValues = isOperatorDocument(operand) && !isOfWholeDocuments(Object.keys(operand)[0]!);
  if (isOfValues || isRegex(operand)) return without(use, compileValueFilter(operand as never));
  if (isDocument(operand)) {
    const filter = compileFilter(operand);
    return without(use, (value) => isDocument(value) && filter(new DecodedFields(value)));
  }
  const key = collatedKey(operand);
  return without(use, (value) => collatedKey(value) === key);
};

export const pullAll = (use: OperatorUse): Change => {
  if (!Array.isArray(use.operand)) {
    throw failure('BadValue', `$pullAll requires an array argument but was given a ${typeName(use.operand)}`);
  }
  const keys = new Set(use.operand.map(collatedKey));
  return without(use, (value) => keys.has(collatedKey(value)));
};
