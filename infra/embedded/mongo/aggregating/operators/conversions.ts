import { Binary, Decimal128, Long, ObjectId, type Timestamp } from 'bson';
import { exactOfDecimal, placedDecimal, withExponent } from '../../arithmetic/decimal.ts';
import { double, intOrLong, isWhole, isWithinLong, long, toBigInt, toDecimal } from '../../arithmetic/typed.ts';
import { isDocument } from '../../bson/decode.ts';
import type { BsonNumber } from '../../bson/number-order.ts';
import { failure, isConversionFailure, locationFailure } from '../../errors.ts';
import { isTypeCode, typeName, typeNameOfCode } from '../../matching/types.ts';
import { isNumber, isTruthy, toNumber } from '../../numbers.ts';
import { checkNames, type Computation, isNothing, onValue, type Operator } from '../operator.ts';
import { binaryOfBinary, binaryOfText, textOfBinary } from './binary-text.ts';
import { parseDate } from './date-text.ts';
import { asInt } from './numeric.ts';

const ending = 'in $convert with no onError value';
const refused = (message: string): Error => failure('ConversionFailure', message);
const overflow = (value: BsonNumber): Error =>
  refused(`Conversion would overflow target type ${ending}: ${value.toString()}`);

/** Without its fraction. */
const wholeOf = (value: BsonNumber): bigint => {
  if (isWhole(value)) return toBigInt(value);
  const approximate = toNumber(value);
  if (Number.isNaN(approximate)) throw refused(`Attempt to convert NaN value to integer type ${ending}`);
  if (!Number.isFinite(approximate)) throw refused(`Attempt to convert infinity value to integer type ${ending}`);
  if (!(value instanceof Decimal128)) return BigInt(Math.trunc(approximate));
  return withExponent(exactOfDecimal(placedDecimal(value, 0, 'down')), 0).digits;
};

const toInt = (value: BsonNumber): number => {
  const whole = wholeOf(value);
  if (BigInt.asIntN(32, whole) !== whole) throw overflow(value);
  return Number(whole);
};

const toLong = (value: BsonNumber): Long => {
  const whole = wholeOf(value);
  if (!isWithinLong(whole)) throw overflow(value);
  return long(whole);
};

const toDouble = (value: BsonNumber): BsonNumber => {
  const number = toNumber(value);
  const isLost = value instanceof Decimal128 && !Number.isFinite(number) && /\d/.test(value.toString());
  if (isLost) throw overflow(value);
  return double(number);
};

const unparsed = (text: string): Error =>
  refused(`Failed to parse number '${text}' ${ending}: Did not consume whole string.`);

const wholeOfText = (text: string): BsonNumber => {
  if (!/^[+-]?\d+$/.test(text)) throw unparsed(text);
  const whole = BigInt(text.replace('+', ''));
  if (!isWithinLong(whole)) throw refused(`Failed to parse number '${text}' ${ending}: Overflow`);
  return intOrLong(whole);
};

const doubleOfText = (text: string): BsonNumber => {
  const special = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i.exec(text);
  if (special) return special[2] ? Number.NaN : Number(`${special[1]!}Infinity`);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw unparsed(text);
  const number = Number(text);
  if (!Number.isFinite(number)) throw refused(`Failed to parse number '${text}' ${ending}: Out of range`);
  return double(number);
};

const decimalOfText = (text: string): Decimal128 => {
  try {
    return Decimal128.fromString(text);
  } catch {
    throw unparsed(text);
  }
};

const objectIdOfText = (text: string): ObjectId => {
  if (/^[0-9a-f]{24}$/i.test(text)) return new ObjectId(text);
  throw refused(
    `Failed to parse objectId '${text}' ${ending}: Invalid string length for parsing to OID, expected 24 but found ${text.length}`,
  );
};

const dateAt = (value: BsonNumber): Date => {
  const date = new Date(Number(wholeOf(value)));
  if (Number.isNaN(date.getTime())) throw overflow(value);
  return date;
};

/** What else is said of the result, where that is binary data or made of it. */
interface Form {
  readonly format?: unknown;
  readonly subtype: number;
}

type Conversion = (value: never, form: Form) => unknown;
const same: Conversion = (value) => value;
const ofNumbers = (convert: (value: BsonNumber) => unknown): Record<string, Conversion> => ({
  int: convert,
  long: convert,
  double: convert,
  decimal: convert,
});
const flag = (value: boolean): number => Number(value);
const since = (date: Date): Long => Long.fromNumber(date.getTime());
const text = (value: { toString(): string }): string => value.toString();

/** The shortest digits that tell the double, with an exponent from 16 digits on and below four zeros. */
const doubleText = (value: BsonNumber): string => {
  const number = toNumber(value);
  if (Object.is(number, -0)) return '-0';
  const [digits, exponent = '0'] = number.toExponential().split('e');
  const order = Number(exponent);
  if (!Number.isFinite(number) || (order >= -4 && order < 16)) return String(number);
  return `${digits}e${order < 0 ? '-' : '+'}${String(Math.abs(order)).padStart(2, '0')}`;
};

/** From which type to which; anything becomes true or false. */
const conversions: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  int: { ...ofNumbers(toInt), bool: flag, string: (value: string) => toInt(wholeOfText(value)) },
  long: {
    ...ofNumbers(toLong),
    bool: (value: boolean) => toLong(flag(value)),
    date: since,
    string: (value: string) => toLong(wholeOfText(value)),
  },
  double: {
    ...ofNumbers(toDouble),
    bool: (value: boolean) => double(flag(value)),
    date: (value: Date) => double(value.getTime()),
    string: doubleOfText,
  },
  decimal: {
    ...ofNumbers(toDecimal),
    bool: (value: boolean) => toDecimal(flag(value)),
    date: (value: Date) => toDecimal(since(value)),
    string: decimalOfText,
  },
  string: {
    ...ofNumbers(text),
    double: doubleText,
    bool: text,
    string: same,
    date: (value: Date) => value.toISOString(),
    objectId: (value: ObjectId) => value.toHexString(),
    binData: (value: Binary, { format }) => textOfBinary(value, format),
  },
  binData: {
    string: (value: string, { format, subtype }) => binaryOfText(value, format, subtype),
    binData: (value: Binary, { subtype }) => binaryOfBinary(value, subtype),
  },
  objectId: { objectId: same, string: objectIdOfText },
  date: {
    long: dateAt,
    double: dateAt,
    decimal: dateAt,
    date: same,
    string: (value: string) => parseDate(value),
    objectId: (value: ObjectId) => value.getTimestamp(),
    timestamp: (value: Timestamp) => new Date((value.high >>> 0) * 1_000),
  },
};

const convertTo = (value: unknown, type: string, form: Form): unknown => {
  if (isNothing(value)) return null;
  if (type === 'bool') return isTruthy(value);
  const from = typeName(value);
  const convert = conversions[type]?.[from];
  if (!convert) throw refused(`Unsupported conversion from ${from} to ${type} ${ending}`);
  return convert(value as never, form);
};

interface Target {
  readonly type: string;
  readonly subtype: number;
}

const subtypeOf = (subtype: unknown): number => {
  if (!isNumber(subtype))
    throw locationFailure(4341108, `$convert requires that 'subtype' be a number, found: ${typeName(subtype)}`);
  const number = asInt(subtype);
  if (number === undefined) throw locationFailure(4341106, "In $convert, numeric 'subtype' argument is not an integer");
  if ((number >= 0 && number <= 9) || (number >= 128 && number <= 255)) return number;
  throw locationFailure(
    4341107,
    `In $convert, numeric value for 'subtype' does not correspond to a BinData type: ${number}`,
  );
};

const typeOfCode = (code: BsonNumber): string => {
  const number = asInt(code);
  if (number === undefined) throw failure('FailedToParse', "In $convert, numeric 'to' argument is not an integer");
  if (isTypeCode(number)) return typeNameOfCode(number);
  throw failure('FailedToParse', `In $convert, numeric value for 'to' does not correspond to a BSON type: ${number}`);
};

/** Of text that is to be a type, or `{ type, subtype }` of what is to be binary data. */
const targetOf = (to: unknown): Target => {
  const { type, subtype = 0 } = isDocument(to)
    ? checkNames(to, { required: ['type'], optional: ['subtype'] }, "$convert's 'to'")
    : { type: to };
  if (isNumber(type)) return { type: typeOfCode(type), subtype: subtypeOf(subtype) };
  if (typeof type === 'string') return { type: typeNameOfCode(type), subtype: subtypeOf(subtype) };
  throw failure('FailedToParse', `$convert's 'to' argument must be a string or number, but is ${typeName(type)}`);
};

const names = { required: ['input', 'to'], optional: ['format', 'onError', 'onNull'] };

const convert: Operator = (operand, compile, name) => {
  const options = checkNames(operand, names, name);
  const [input, to, format] = [compile(options.input), compile(options.to), compile(options.format)];
  const onNull: Computation = 'onNull' in options ? compile(options.onNull) : () => null;
  const onError = 'onError' in options ? compile(options.onError) : undefined;
  return (frame) => {
    const [value, target] = [input(frame), to(frame)];
    if (isNothing(value)) return onNull(frame);
    if (isNothing(target)) return null;
    const { type, subtype } = targetOf(target);
    try {
      return convertTo(value, type, { format: format(frame), subtype });
    } catch (error) {
      if (onError && isConversionFailure(error)) return onError(frame);
      throw error;
    }
  };
};

const short =
  (type: string, form: Form = { format: 'auto', subtype: 0 }): Operator =>
  (operand, compile, name) => {
    const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    if (list.length !== 1) throw locationFailure(50723, `${name} requires a single argument, got ${list.length}`);
    const read = compile(list[0]);
    return (frame) => convertTo(read(frame), type, form);
  };

export const conversionOperators: Readonly<Record<string, Operator>> = {
  $convert: convert,
  $toInt: short('int'),
  $toLong: short('long'),
  $toDouble: short('double'),
  $toDecimal: short('decimal'),
  $toBool: short('bool'),
  $toString: short('string'),
  $toDate: short('date'),
  $toObjectId: short('objectId'),
  $toUUID: short('binData', { format: 'uuid', subtype: Binary.SUBTYPE_UUID }),
  $type: onValue(typeName),
  $isNumber: onValue(isNumber),
};
