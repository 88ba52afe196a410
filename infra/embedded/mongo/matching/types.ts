import { isInt } from '../arithmetic/typed.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { failure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import type { LeafTest } from './paths.ts';

const numbersByName: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const namesByBsonType: Record<string, string> = {
  Double: 'double',
  Int32: 'int',
  Long: 'long',
  Decimal128: 'decimal',
  Binary: 'binData',
  ObjectId: 'objectId',
  BSONRegExp: 'regex',
  BSONSymbol: 'symbol',
  Timestamp: 'timestamp',
  Code: 'javascript',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  DBRef: 'dbPointer',
};

const namesByTypeOf: Record<string, string> = { string: 'string', boolean: 'bool', bigint: 'long' };

const nameOfBareNumber = (value: number): string => (isInt(value) ? 'int' : 'double');

/** The server's name for the value's type; `missing` for no value at all. */
export const typeName = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (typeof value === 'number') return nameOfBareNumber(value);
  const simple = namesByTypeOf[typeof value];
  return simple ?? namesByBsonType[(value as { _bsontype?: string })._bsontype ?? ''] ?? 'object';
};

const numberTypes = ['double', 'int', 'long', 'decimal'];

export const isTypeCode = (code: number): boolean => Object.values(numbersByName).includes(code);

/** The name of a type, which may also be said by its number. */
export const typeNameOfCode = (wanted: string | BsonNumber): string => {
  if (typeof wanted === 'string') {
    if (Object.hasOwn(numbersByName, wanted)) return wanted;
    throw failure('BadValue', `Unknown type name alias: ${wanted}`);
  }
  const name = Object.keys(numbersByName).find((key) => numbersByName[key] === toNumber(wanted));
  if (!name) throw failure('BadValue', `Invalid numerical type code: ${toNumber(wanted)}`);
  return name;
};

const namesOf = (wanted: unknown): string[] => {
  if (wanted === 'number') return numberTypes;
  if (typeof wanted === 'string' || isNumber(wanted)) return [typeNameOfCode(wanted)];
  throw failure('TypeMismatch', 'type must be represented as a number or a string');
};

export const typeTest = (operand: unknown): LeafTest => {
  if (Array.isArray(operand) && operand.length === 0) throw failure('FailedToParse', 'a must match at least one type');
  const names = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(namesOf));
  return (value) => names.has(typeName(value));
};
