import { BSONRegExp, type Long } from 'bson';
import { type Document, isDocument, setOwn } from '../bson/decode.ts';

const mapDocument = (document: Document, map: (value: unknown) => unknown): Document => {
  const mapped: Document = {};
  for (const name in document) {
    const value = map(document[name]);
    if (value !== undefined) setOwn(mapped, name, value);
  }
  return mapped;
};

/**
 * The values that are computed with: numbers are bare where a double holds them exactly. A Long beyond that and a
 * Decimal128 stay as they are, and arithmetic on them is refused.
 */
export const toPlain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  switch ((value as { _bsontype?: string })._bsontype) {
    case 'Int32':
    case 'Double':
      return (value as { value: number }).value;
    case 'Long': {
      const number = (value as Long).toNumber();
      return Number.isSafeInteger(number) ? number : value;
    }
    default:
      return isDocument(value) ? mapDocument(value, toPlain) : value;
  }
};

export const toPlainDocument = (document: Document): Document => mapDocument(document, toPlain);

/** The same for an expression, in which a regular expression is one to be run. */
export const toPlainExpression = (value: unknown): unknown => {
  if (value instanceof BSONRegExp) return new RegExp(value.pattern, value.options.replace(/[^ims]/g, ''));
  if (Array.isArray(value)) return value.map(toPlainExpression);
  return isDocument(value) ? mapDocument(value, toPlainExpression) : toPlain(value);
};

/** Back to what can be stored; fields without a value vanish. */
export const fromPlain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => fromPlain(element ?? null));
  if (value instanceof RegExp) return new BSONRegExp(value.source, value.flags.replace(/[^ims]/g, ''));
  return isDocument(value) ? mapDocument(value, fromPlain) : value;
};

export const fromPlainDocument = (plain: Document): Document => mapDocument(plain, fromPlain);
