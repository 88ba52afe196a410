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

/** A field's name stands for itself and is never a path. */
const nameOf = (field: unknown, name: string): string => {
  const literal = isDocument(field) && '$literal' in field ? field.$literal : field;
  const isPath = typeof field === 'string' && field.startsWith('$');
  if (typeof literal === 'string' && !isPath) return literal;
  throw locationFailure(4161108, `${name} requires 'field' to evaluate to a constant string`);
};

/** `{ $getField: 'a' }` or with the document that has the field. */
const getField: Operator = (operand, compile, name) => {
  const isShort = !isDocument(operand) || '$literal' in operand;
  const { field, input = '$$CURRENT' } = isShort
    ? { field: operand }
    : checkNames(operand, { required: ['field'], optional: ['input'] }, name);
  const [key, read] = [nameOf(field, name), compile(input)];
  return (frame) => {
    const value = read(frame);
    if (isDocument(value)) return getOwn(value, key);
    return value === null ? null : undefined;
  };
};

const changing =
  (required: readonly string[], valueOf: (operand: Document) => unknown): Operator =>
  (operand, compile, name) => {
    const options = checkNames(operand, { required }, name);
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
  const isEmpty = Object.keys(Object(operand) as object).length === 0;
  if (!isEmpty) throw locationFailure(3040501, '$rand does not accept arguments');
  return Math.random;
};

export const objectOperators: Readonly<Record<string, Operator>> = {
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
  $mergeObjects: merge,
  $getField: getField,
  $setField: changing(['field', 'input', 'value'], ({ value }) => value),
  $unsetField: changing(['field', 'input'], () => '$$REMOVE'),
  $bsonSize: sizeOfDocument,
  $binarySize: sizeOfBinary,
  $rand: random,
};
