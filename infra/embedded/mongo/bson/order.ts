import type { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import type { Document } from './decode.ts';
import { fieldNames } from './field-order.ts';
import { numberKey } from './number-order.ts';

/** Rank of a type in the order that spans all types; numbers share one, and so do strings and symbols. */
export const rank = {
  minKey: 1,
  undefined: 2,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 50,
  regex: 55,
  dbPointer: 60,
  code: 65,
  maxKey: 127,
} as const;

const ranksByBsonType: Record<string, number> = {
  MinKey: rank.minKey,
  Int32: rank.number,
  Long: rank.number,
  Double: rank.number,
  Decimal128: rank.number,
  BSONSymbol: rank.string,
  Binary: rank.binary,
  ObjectId: rank.objectId,
  Timestamp: rank.timestamp,
  BSONRegExp: rank.regex,
  DBRef: rank.dbPointer,
  Code: rank.code,
  MaxKey: rank.maxKey,
};

const ranksByTypeOf: Record<string, number> = {
  string: rank.string,
  number: rank.number,
  bigint: rank.number,
  boolean: rank.boolean,
  undefined: rank.undefined,
};

export const rankOf = (value: unknown): number => {
  const simple = ranksByTypeOf[typeof value];
  if (simple !== undefined) return simple;
  if (value === null) return rank.null;
  if (Array.isArray(value)) return rank.array;
  if (value instanceof Date) return rank.date;
  return ranksByBsonType[(value as { _bsontype?: string })._bsontype ?? ''] ?? rank.object;
};

// NUL ends a string, so that it sorts before every longer one; surrogates sort after all other units, as in UTF-8.
const needsCare = /[\0\x01\ud800-\uffff]/;
const careful = /[\0\x01\ud800-\uffff]/g;
const replacement = (unit: string): string => {
  const code = unit.charCodeAt(0);
  if (code === 0) return '\x01\x01';
  if (code === 1) return '\x01\x02';
  return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
};
const textKey = (text: string): string => (needsCare.test(text) ? text.replace(careful, replacement) : text) + '\0';

const uint32Key = (value: number): string => String.fromCharCode(value >>> 16, value & 0xffff);
const bytesKey = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

const binaryKey = (value: Binary): string =>
  uint32Key(value.position) + String.fromCharCode(value.sub_type) + bytesKey(value.value());

const documentKey = (document: Document): string => {
  let key = '';
  for (const name of fieldNames(document)) {
    const value = document[name];
    key += String.fromCharCode(rankOf(value)) + textKey(name) + bodyKey(value);
  }
  return key + '\0';
};

const bodies: Record<number, (value: never) => string> = {
  [rank.number]: (value: number | bigint | Int32 | Long | Double | Decimal128) => numberKey(value),
  [rank.string]: (value: { valueOf(): string }) => textKey(value.valueOf()),
  [rank.object]: (value: Document) => documentKey(value),
  [rank.array]: (value: unknown[]) => value.map(orderKey).join('') + '\0',
  [rank.binary]: (value: Binary) => binaryKey(value),
  [rank.objectId]: (value: ObjectId) => bytesKey(value.id),
  [rank.boolean]: (value: boolean) => (value ? '\x01' : '\0'),
  [rank.date]: (value: Date) => numberKey(value.getTime()),
  [rank.timestamp]: (value: Timestamp) => uint32Key(value.high >>> 0) + uint32Key(value.low >>> 0),
  [rank.regex]: (value: BSONRegExp) => textKey(value.pattern) + textKey(value.options),
  [rank.dbPointer]: (value: object) => textKey(JSON.stringify(value)),
  [rank.code]: (value: Code) => textKey(String(value.code)) + (value.scope ? documentKey(value.scope) : '\0'),
};

const bodyKey = (value: unknown): string => bodies[rankOf(value)]?.(value as never) ?? '';

/**
 * A string whose order among such strings, by code unit, is the value's order among all BSON values; equal strings
 * mean equal values (1, 1.0 and NumberLong(1) are equal). No key is the beginning of another.
 */
export const orderKey = (value: unknown): string =>
  typeof value === 'string'
    ? '\x0f' + textKey(value)
    : String.fromCharCode(rankOf(value)) + (bodies[rankOf(value)]?.(value as never) ?? '');

/** The same, turned round. */
export const descendingKey = (key: string): string => {
  const units = new Array<number>(key.length);
  for (let i = 0; i < key.length; i++) units[i] = 0xffff - key.charCodeAt(i);
  return units.length < 1000 ? String.fromCharCode(...units) : units.map((unit) => String.fromCharCode(unit)).join('');
};

const compareKeys = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Bare numbers need no keys, except for NaN, which comes first. */
export const compareValues = (left: unknown, right: unknown): number => {
  if (typeof left === 'number' && typeof right === 'number') {
    if (left < right) return -1;
    if (left > right) return 1;
    if (left === right) return 0;
  }
  return compareKeys(orderKey(left), orderKey(right));
};
