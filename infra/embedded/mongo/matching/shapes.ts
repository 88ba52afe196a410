import type { BSONRegExp } from 'bson';
import { type Document, isDocument } from '../bson/decode.ts';

export const isRegex = (value: unknown): value is BSONRegExp =>
  (value as { _bsontype?: string } | null | undefined)?._bsontype === 'BSONRegExp';

/** Whether the document says how to compare ({$gt: 1}) rather than what to equal. */
export const isOperatorDocument = (value: unknown): value is Document => {
  if (!isDocument(value)) return false;
  const [first] = Object.keys(value);
  return first !== undefined && first.startsWith('$') && !['$ref', '$id', '$db'].includes(first);
};
