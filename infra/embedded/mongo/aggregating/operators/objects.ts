import { Binary } from 'bson';
import { type Document, encodeDocument, getOwn, isDocument, setOwn } from '../../bson/decode.ts';
import { copyFields, fieldEntries } from '../../bson/field-order.ts';
import { locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { checkNames, isNothing, onValue, onValues, type Operator } from '../operator.ts';

/** Nothing adds nothing. */
export const mergeFields = (to: Document, value: unknown): void => {
  if (isNothing(value)) return;
  if (!isDocument(value)) {
    throw locationFailure(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
  }
  for (const [name, inner] of fieldEntries(value)) setOwn(to, name, inner);
};

const merge = onValues((values) => {
  const merged: Document = {};
  for (const value of values) mergeFields(merged, value);
  return merged;
});

const getNames = {
  required: ['field', 'input'],
  faults: { unknown: 3041701, missing: { field: 3041702, input: 3041703 } },
};

/** `{ $getField: 'a' }`, where an expression may say the name, or with the document that has the field. */
const getField: Operator = (operand, compile, name) => {
  const isShort = !isDocument(operand) || Object.keys(operand)[0]?.startsWith('$');
  const { field, input } = isShort ? { field: operand, input: '$$CURRENT' } : checkNames(operand, getNames, name);
  const [key, read] = [compile(field), compile(input)];
  return (frame) => {
    const named = key(frame);
    if (typeof named !== 'string')
      throw locationFailure(3041704, `${name} requires 'field' to evaluate to type String, but got ${typeName(named)}`);
    const value = read(frame);
    if (isDocument(value)) return getOwn(value, named);
    return value === null ? null : undefined;
  };
};

/** A field's name stands for itself and is neither a path nor computed. */
const nameOf = (field: unknown, name: string): string => {
  const [literal] = constantOf(field);
  if (typeof field === 'string' && field.startsWith('$'))
    throw locationFailure(
      4161108,
      `'${field}' is a field path reference which is not allowed in this context. Did you mean {$literal: '${field}'}?`,
    );
  if (literal === undefined)
    throw locationFailure(
      4161106,
      `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`,
    );
  if (typeof literal === 'string') return literal;
  throw locationFailure(4161107, `${name} requires 'field' to evaluate to type String, but got ${typeName(literal)}`);
};

const constantOf = (field: unknown): readonly unknown[] => {
  if (Array.isArray(field)) return [];
  if (!isDocument(field)) return [field];
  return ['$literal', '$const'].filter((name) => name in field).map((name) => field[name]);
};

const fieldFaults = {
  notAnObject: 4161100,
  unknown: 4161101,
  missing: { field: 4161102, value: 4161103, input: 4161109 },
};

const changing =
  (required: readonly string[], valueOf: (operand: Document) => unknown): Operator =>
  (operand, compile, name) => {
    const options = checkNames(operand, { required, faults: fieldFaults }, name);
    const key = nameOf(options.field, name);
    const [read, next] = [compile(options.input), compile(valueOf(options))];
    return (frame) => {
      const value = read(frame);
      if (isNothing(value)) return null;
      if (!isDocument(value)) throw locationFailure(4161105, `${name} requires 'input' to evaluate to type Object`);
      const changed = copyFields(value);
      const field = next(frame);
      if (field === undefined) delete changed[key];
      else setOwn(changed, key, field);
      return changed;
    };
  };

const sizeOfDocument = onValue((value) => {
  if (isNothing(value)) return null;
  if (isDocument(value)) return encodeDocument(value).length;
  throw locationFailure(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
});

const sizeOfBinary = onValue((value) => {
  if (isNothing(value)) return null;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Binary) return value.length();
  throw locationFailure(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
});

const random: Operator = (operand) => {
  if (typeof operand !== 'object' || operand === null)
    throw locationFailure(10065, 'invalid parameter: expected an object ($rand)');
  if (Object.keys(operand).length > 0) throw locationFailure(3040501, '$rand does not accept arguments');
  return Math.random;
};

export const objectOperators: Readonly<Record<string, Operator>> = {
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
  $mergeObjects: merge,
  $getField: getField,
  $setField: changing(['field', 'value', 'input'], ({ value }) => value),
  $unsetField: changing(['field', 'input'], () => '$$REMOVE'),
  $bsonSize: sizeOfDocument,
  $binarySize: sizeOfBinary,
  $rand: random,
};
