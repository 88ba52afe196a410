import type { Binary, BSONRegExp, Timestamp } from 'bson';
import { type Document, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';

const ofDouble = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

const bsonTexts: Record<string, (value: never) => string> = {
  Int32: (value: { value: number }) => String(value.value),
  Double: (value: { value: number }) => ofDouble(value.value),
  Long: (value: object) => value.toString(),
  Decimal128: (value: object) => `NumberDecimal("${value.toString()}")`,
  ObjectId: (value: { toHexString(): string }) => `ObjectId('${value.toHexString()}')`,
  Binary: (value: Binary) =>
    value.sub_type === 4
      ? `UUID("${value.toUUID().toString()}")`
      : `BinData(${value.sub_type}, ${Buffer.from(value.value()).toString('hex').toUpperCase()})`,
  Timestamp: (value: Timestamp) => `Timestamp(${value.high >>> 0}, ${value.low >>> 0})`,
  BSONRegExp: (value: BSONRegExp) => `/${value.pattern}/${value.options}`,
  MinKey: () => 'MinKey',
  MaxKey: () => 'MaxKey',
};

const ofDocument = (document: object): string => {
  const fields = fieldEntries(document as Document).map(([name, inner]) => `${name}: ${shellText(inner)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
};

const ofObject = (value: object): string => {
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return value.length > 0 ? `[ ${value.map(shellText).join(', ')} ]` : '[]';
  if (isDocument(value)) return ofDocument(value);
  return bsonTexts[(value as { _bsontype: string })._bsontype]?.(value as never) ?? String(value);
};

/** A value in the words of the server's error messages. */
export const shellText = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' && value !== null ? ofObject(value) : String(value ?? null);
};
