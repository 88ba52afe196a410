import { isInt } from '../arithmetic/typed.ts';
import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { fieldNames } from '../bson/field-order.ts';

const mapDocument = (document: Document, map: (value: unknown) => unknown): Document => {
  const mapped: Document = {};
  for (const name of fieldNames(document)) {
    const value = map(document[name]);
    if (value !== undefined) setOwn(mapped, name, value);
  }
  return mapped;
};

/** The values that are computed with: numbers are bare where that tells their type, and fields have values. */
export const toPlain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  switch ((value as { _bsontype?: string })._bsontype) {
    case 'Int32':
      return (value as { value: number }).value;
    case 'Double': {
      const number = (value as { value: number }).value;
      return isInt(number) ? value : number;
    }
    default:
      return isDocument(value) ? mapDocument(value, toPlain) : value;
  }
};

export const toPlainDocument = (document: Document): Document => mapDocument(document, toPlain);
