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

/** Bare numbers come out of computations; they are stored as the narrowest type that holds them. */
const nameOfBareNumber = (value: number): string => (value === (value | 0) ? 'int' : 'double');

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

const namesOf = (wanted: unknown): string[] => {
  if (wanted === 'number') return numberTypes;
  if (typeof wanted === 'string') {
    if (wanted in numbersByName) return [wanted];
    throw failure('BadValue', `Unknown type name alias: ${wanted}`);
  }
  if (!isNumber(wanted)) throw failure('TypeMismatch', 'type must be represented as a number or a string');
  const name = Object.keys(numbersByName).find((key) => numbersByName[key] === toNumber(wanted));
  if (!name) throw failure('BadValue', `Invalid numerical type code: ${toNumber(wanted)}`);
  return [name];
};

export const typeTest = (operand: unknown): LeafTest => {
  if (Array.isArray(operand) && operand.length === 0) throw failure('FailedToParse', 'a must match at least one type');
  const names = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(namesOf));
  return (value) => names.has(typeName(value));
};
