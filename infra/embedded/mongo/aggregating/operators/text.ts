import { BSONSymbol, Code, Timestamp } from 'bson';
import { locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, toNumber } from '../../numbers.ts';
import { isNothing, onList, onPair, onValue, type Operator, unlessNothing } from '../operator.ts';
import { asInt } from './numeric.ts';

/** As in "Jan  1 00:00:01:2". */
const timestampText = ({ high, low }: Timestamp): string => {
  const [, day, month, , time] = new Date((high >>> 0) * 1_000).toUTCString().split(' ') as [string, ...string[]];
  return `${month} ${String(Number(day)).padStart(2)} ${time}:${low >>> 0}`;
};

/** Text, or what counts as text where only that makes sense: nothing is empty. */
const textOf = (value: unknown, operator: string): string => {
  if (isNothing(value)) return '';
  if (typeof value === 'string') return value;
  if (isNumber(value)) return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Code) return String(value.code);
  if (value instanceof BSONSymbol) return value.value;
  throw locationFailure(16007, `can't convert from BSON type ${typeName(value)} to String in ${operator}`);
};

const isCut = (bytes: Buffer, at: number): boolean => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;

/** So many bytes from this one on; a negative count is the rest. */
const substring = onList([3, 3], ([text, start, count]) => {
  if (!isNumber(start)) throw locationFailure(16034, `$substrBytes:  starting index must be a numeric type`);
  if (!isNumber(count)) throw locationFailure(16035, `$substrBytes:  length must be a numeric type`);
  const [from, length] = [start, count].map((value) => Math.trunc(toNumber(value))) as [number, number];
  const bytes = Buffer.from(textOf(text, '$substrBytes'));
  if (from < 0) throw locationFailure(50752, `$substrBytes: starting index must be non-negative (got: ${from})`);
  const to = length < 0 ? bytes.length : Math.min(from + length, bytes.length);
  if (isCut(bytes, from))
    throw locationFailure(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  if (isCut(bytes, to))
    throw locationFailure(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.toString('utf8', from, to);
});

const codePoints = (value: unknown, [code, what]: readonly [number, string]): number => {
  if (!isNumber(value)) throw locationFailure(code, `$substrCP: ${what} must be a numeric type`);
  const number = asInt(value);
  if (number !== undefined) return number;
  throw locationFailure(code + 1, `$substrCP: ${what} cannot be represented as a 32-bit integral value`);
};

/** The same by characters; whatever lies beyond the text is nothing. */
const characters = onList([3, 3], ([text, start, count]) => {
  const from = codePoints(start, [34450, 'starting index']);
  const length = codePoints(count, [34452, 'length']);
  if (length < 0) throw locationFailure(34454, '$substrCP: length must be a nonnegative integer.');
  if (from < 0) throw locationFailure(34455, '$substrCP: the starting index must be nonnegative integer.');
  return [...textOf(text, '$substrCP')].slice(from, from + length).join('');
});

const maximumInt = 0x7fffffff;

interface Search<Units> {
  readonly units: Units;
  readonly wanted: Units;
  readonly from: number;
  readonly to: number;
}

const indexIn = <Units>(
  split: (text: string) => Units,
  find: (search: Search<Units>) => number,
  codes: readonly [number, number],
): Operator =>
  onList([2, 4], ([text, wanted, start = 0, end = maximumInt], name) => {
    if (isNothing(text)) return null;
    if (typeof text !== 'string') {
      throw locationFailure(codes[0], `${name} requires a string as the first argument, found: ${typeName(text)}`);
    }
    if (typeof wanted !== 'string') {
      throw locationFailure(codes[1], `${name} requires a string as the second argument, found: ${typeName(wanted)}`);
    }
    const [from, to] = [asInt(start), asInt(end)];
    if (from === undefined || to === undefined)
      throw locationFailure(40096, `${name} requires an integral starting and ending index`);
    if (from < 0 || to < 0) throw locationFailure(40097, `${name} requires a nonnegative start and ending index`);
    return find({ units: split(text), wanted: split(wanted), from, to });
  });

const findBytes = ({ units, wanted, from, to }: Search<Buffer>): number => {
  const searched = units.subarray(0, Math.min(to, units.length));
  return from > searched.length ? -1 : searched.indexOf(wanted, from);
};

const findCharacters = ({ units, wanted, from, to }: Search<string[]>): number => {
  const end = Math.min(to, units.length);
  for (let at = from; at + wanted.length <= end; at++) {
    if (wanted.every((unit, offset) => units[at + offset] === unit)) return at;
  }
  return -1;
};

const concatenate = onList([0, Infinity], (values) => {
  const texts = unlessNothing(values, (value) => {
    if (typeof value === 'string') return value;
    throw locationFailure(16702, `$concat only supports strings, not ${typeName(value)}`);
  });
  return texts && texts.join('');
});

const split = onPair((text, separator) => {
  if (isNothing(text) || isNothing(separator)) return null;
  const [first, second] = [typeof text, typeof separator];
  if (first !== 'string')
    throw locationFailure(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    );
  if (second !== 'string')
    throw locationFailure(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  if (separator === '') throw locationFailure(40087, '$split requires a non-empty separator');
  return (text as string).split(separator as string);
});

const lengthBy = (code: number, measure: (text: string) => number): Operator =>
  onValue((value, name) => {
    if (typeof value === 'string') return measure(value);
    throw locationFailure(code, `${name} requires a string argument, found: ${typeName(value)}`);
  });

/** The server changes the case of the 26 letters only. */
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

const compareCases = onPair((left, right) => {
  const [first, second] = [left, right].map((value) => upper(textOf(value, '$strcasecmp'))) as [string, string];
  return Buffer.compare(Buffer.from(first), Buffer.from(second));
});

export const textOperators: Readonly<Record<string, Operator>> = {
  $toUpper: onValue((value, name) => upper(textOf(value, name))),
  $toLower: onValue((value, name) => textOf(value, name).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  $concat: concatenate,
  $split: split,
  $strLenBytes: lengthBy(34473, Buffer.byteLength),
  $strLenCP: lengthBy(34471, (text) => [...text].length),
  $strcasecmp: compareCases,
  $substr: substring,
  $substrBytes: substring,
  $substrCP: characters,
  $indexOfBytes: indexIn((text) => Buffer.from(text), findBytes, [40091, 40092]),
  $indexOfCP: indexIn((text) => [...text], findCharacters, [40093, 40094]),
};
