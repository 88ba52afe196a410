import { type Document, isDocument } from '../bson/decode.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { orderKey } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';

/** What keywords of a JSON Schema are given, or a refusal that says what they expect. */

export const wrong = (name: string, expected: string): Error =>
  failure('TypeMismatch', `$jsonSchema keyword '${name}' must be ${expected}`);

const unreadable = (name: string, message: string): Error =>
  failure('FailedToParse', `$jsonSchema keyword '${name}' ${message}`);

export const documentOf = (operand: unknown, name: string): Document => {
  if (isDocument(operand)) return operand;
  throw wrong(name, 'an object');
};
const arrayOf = (operand: unknown, name: string): readonly unknown[] => {
  if (Array.isArray(operand)) return operand;
  throw wrong(name, 'an array');
};
export const schemasOf = (operand: unknown, name: string): readonly unknown[] => {
  const list = arrayOf(operand, name);
  if (list.length > 0) return list;
  throw failure('BadValue', `$jsonSchema keyword '${name}' must be a non-empty array`);
};
/** Each of them once. */
export const valuesOf = (operand: unknown, name: string): readonly unknown[] => {
  const list = arrayOf(operand, name);
  if (list.length === 0) throw unreadable(name, 'cannot be an empty array');
  if (new Set(list.map(orderKey)).size < list.length) throw unreadable(name, 'array cannot contain duplicate values');
  return list;
};
export const textsOf = (operand: unknown, name: string): readonly string[] => {
  if (!arrayOf(operand, name).every((text) => typeof text === 'string')) throw wrong(name, 'an array of strings');
  return valuesOf(operand, name) as readonly string[];
};
export const numberOf = (operand: unknown, name: string): BsonNumber => {
  if (isNumber(operand)) return operand;
  throw wrong(name, 'a number');
};
export const positiveOf = (operand: unknown, name: string): BsonNumber => {
  const number = numberOf(operand, name);
  if (toNumber(number) > 0) return number;
  throw unreadable(name, 'must have a positive value');
};
export const countOf = (operand: unknown, name: string): number => {
  const count = toNumber(numberOf(operand, name));
  if (Number.isInteger(count) && count >= 0) return count;
  throw unreadable(name, 'must be a non-negative integer');
};
