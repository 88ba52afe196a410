import { type Document, isDocument } from '../bson/decode.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { failure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';

/** What keywords of a JSON Schema are given, or a refusal that says what they expect. */

export const wrong = (name: string, expected: string): Error =>
  failure('TypeMismatch', `$jsonSchema keyword '${name}' must be ${expected}`);

export const documentOf = (operand: unknown, name: string): Document => {
  if (isDocument(operand)) return operand;
  throw wrong(name, 'an object');
};
export const listOf = (operand: unknown, name: string): readonly unknown[] => {
  if (Array.isArray(operand) && operand.length > 0) return operand;
  throw wrong(name, 'a non-empty array');
};
export const textsOf = (operand: unknown, name: string): readonly string[] => {
  const list = listOf(operand, name);
  if (list.every((text) => typeof text === 'string')) return list;
  throw wrong(name, 'an array of strings');
};
export const numberOf = (operand: unknown, name: string): BsonNumber => {
  if (isNumber(operand)) return operand;
  throw wrong(name, 'a number');
};
export const countOf = (operand: unknown, name: string): number => {
  const count = isNumber(operand) ? toNumber(operand) : Number.NaN;
  if (Number.isInteger(count) && count >= 0) return count;
  throw wrong(name, 'a non-negative integer');
};
