import { ObjectId } from 'bson';
import * as types from 'mingo/operators/expression/type';
import { isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { isBeyondDoubles } from './beyond-doubles.ts';
import { evaluate, isNothing, onValue, type Operator } from './operator.ts';

type Library = Readonly<Record<string, Operator>>;
const library = types as unknown as Library;

const unsupported = (value: unknown, to: string): Error =>
  failure(
    'ConversionFailure',
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  );

const text = (value: unknown): unknown => {
  if (isNothing(value)) return null;
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && !isBeyondDoubles(value)) throw unsupported(value, 'string');
  return String(value);
};

const objectId = (value: unknown): unknown => {
  if (isNothing(value) || value instanceof ObjectId) return value ?? null;
  if (typeof value === 'string' && ObjectId.isValid(value) && value.length === 24) return new ObjectId(value);
  throw failure('ConversionFailure', `Failed to parse objectId in $convert with no onError value: ${String(value)}`);
};

const decimal = (): never => {
  throw failure('NotImplemented', '$toDecimal is not supported by this server');
};

/** Lists and documents are only ever true or false. */
const isWhole = (value: unknown): boolean => Array.isArray(value) || isDocument(value);

const scalar =
  (name: string, to: string): Operator =>
  (object, expression, options) => {
    const value = evaluate(object, expression, options);
    if (isWhole(value)) throw unsupported(value, to);
    return library[name]!(object, { $literal: value }, options);
  };

const convert: Operator = (object, expression, options) => {
  const operand = isDocument(expression) ? expression : {};
  const input = evaluate(object, operand.input, options);
  const to = evaluate(object, operand.to, options);
  if (!isWhole(input) || to === 'bool' || to === 8) return library.$convert!(object, expression, options);
  if ('onError' in operand) return evaluate(object, operand.onError, options);
  throw unsupported(input, String(to));
};

export const conversions: Readonly<Record<string, Operator>> = {
  $toString: onValue(text),
  $toObjectId: onValue(objectId),
  $toDecimal: onValue(decimal),
  $toInt: scalar('$toInt', 'int'),
  $toLong: scalar('$toLong', 'long'),
  $toDouble: scalar('$toDouble', 'double'),
  $toDate: scalar('$toDate', 'date'),
  $convert: convert,
  $type: onValue(typeName),
};
