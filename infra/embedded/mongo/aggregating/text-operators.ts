import { locationFailure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { isNothing, onList, onValue, type Operator } from './operator.ts';

/** Text, or what counts as text where only that makes sense: nothing is empty. */
const textOf = (value: unknown, operator: string): string => {
  if (isNothing(value)) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  throw locationFailure(16007, `can't convert from BSON type ${typeName(value)} to String in ${operator}`);
};

/** The server changes the case of the 26 letters only. */
const changeCase = (operator: string, letters: RegExp, change: (letter: string) => string): Operator =>
  onValue((value) => textOf(value, operator).replace(letters, change));

const isCut = (bytes: Buffer, at: number): boolean => at < bytes.length && (bytes[at]! & 0xc0) === 0x80;

/** So many bytes from this one on; a negative count is the rest. */
const substring = onList(([text, start, count]) => {
  if (typeof start !== 'number' || typeof count !== 'number') {
    throw locationFailure(16034, '$substrBytes: starting index and length must be numbers');
  }
  const bytes = Buffer.from(textOf(text, '$substrBytes'));
  if (start < 0) throw locationFailure(50752, `$substrBytes: starting index must be non-negative (got: ${start})`);
  const from = Math.trunc(start);
  const to = count < 0 ? bytes.length : Math.min(from + Math.trunc(count), bytes.length);
  if (isCut(bytes, from))
    throw locationFailure(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  if (isCut(bytes, to))
    throw locationFailure(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.toString('utf8', from, to);
});

/** The same by characters; whatever lies beyond the text is nothing. */
const characters = onList(([text, start, count]) => {
  if (typeof start !== 'number' || typeof count !== 'number') {
    throw locationFailure(34450, '$substrCP: starting index and length must be numbers');
  }
  if (start < 0 || count < 0) throw locationFailure(34455, '$substrCP: starting index and length must not be negative');
  return [...textOf(text, '$substrCP')].slice(start, start + count).join('');
});

interface Search<Units> {
  readonly units: Units;
  readonly wanted: Units;
  readonly from: number;
  readonly to: number;
}

const indexIn = <Units>(
  operator: string,
  split: (text: string) => Units,
  find: (search: Search<Units>) => number,
): Operator =>
  onList(([text, wanted, from = 0, to = Number.POSITIVE_INFINITY]) => {
    if (isNothing(text)) return null;
    if (typeof text !== 'string') {
      throw locationFailure(40091, `${operator} requires a string as the first argument, found: ${typeName(text)}`);
    }
    if (typeof wanted !== 'string') {
      throw locationFailure(40092, `${operator} requires a string as the second argument, found: ${typeName(wanted)}`);
    }
    if (typeof from !== 'number' || typeof to !== 'number' || from < 0 || to < 0) {
      throw locationFailure(40097, `${operator} requires a nonnegative start and ending index`);
    }
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

export const textOperators: Readonly<Record<string, Operator>> = {
  $toUpper: changeCase('$toUpper', /[a-z]+/g, (letters) => letters.toUpperCase()),
  $toLower: changeCase('$toLower', /[A-Z]+/g, (letters) => letters.toLowerCase()),
  $substr: substring,
  $substrBytes: substring,
  $substrCP: characters,
  $indexOfBytes: indexIn('$indexOfBytes', (text) => Buffer.from(text), findBytes),
  $indexOfCP: indexIn('$indexOfCP', (text) => [...text], findCharacters),
};
