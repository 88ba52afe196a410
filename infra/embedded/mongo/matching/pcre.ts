import { failure, locationFailure } from '../errors.ts';

export const invalidPattern = 51091;

/**
 * The server's regular expressions are Perl's. Most of them mean the same in JavaScript; what does not is rewritten here, or
 * refused where it cannot be: a pattern that means something else would find the wrong documents in silence.
 */
export const compilePcre = (pattern: string, options: string): RegExp => {
  const leading = /^\(\?([a-z]+)\)/.exec(pattern);
  const flags = flagsOf(options + (leading?.[1] ?? ''));
  const source = translate(pattern.slice(leading?.[0].length ?? 0), flags);
  try {
    return new RegExp(source, `u${flags.replace(/[msx]/g, '')}`);
  } catch (cause) {
    throw locationFailure(invalidPattern, `Regular expression is invalid: ${(cause as Error).message}`);
  }
};

const flagsOf = (options: string): string => {
  const flags = new Set<string>();
  for (const option of options) {
    if ('imsx'.includes(option)) flags.add(option);
    else if (option !== 'u') throw locationFailure(51108, `$regex invalid flag in regex options: ${option}`);
  }
  return [...flags].join('');
};

const notSupported = (what: string): Error =>
  failure('NotImplemented', `${what} in a regular expression is not supported by this server`);

const horizontalSpace = ' \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const verticalSpace = '\\n-\\r\\x85\\u2028\\u2029';
const endOfText = '(?![^])';
const beforeLastNewline = `(?=\\n?${endOfText})`;

/** Escapes by what stands after the backslash: outside of a class, and inside of one (null: not there). */
const escapes: Readonly<Record<string, readonly [outside: string, inside: string | null]>> = {
  A: ['(?<![^])', null],
  z: [endOfText, null],
  Z: [beforeLastNewline, null],
  h: [`[${horizontalSpace}]`, horizontalSpace],
  H: [`[^${horizontalSpace}]`, null],
  v: [`[${verticalSpace}]`, verticalSpace],
  V: [`[^${verticalSpace}]`, null],
  s: ['[\\t-\\r ]', '\\t-\\r '],
  S: ['[^\\t-\\r ]', null],
  N: ['[^\\n]', null],
  R: ['(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])', null],
  a: ['\\x07', '\\x07'],
  e: ['\\x1b', '\\x1b'],
};
const sameInBoth = 'dDwWfnrt';
const mayFollowBackslash = /[\^$\\.*+?()[\]{}|/]/;

const posixClasses: Readonly<Record<string, string>> = {
  ...{ alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\t-\\r ' },
  ...{ blank: ' \\t', punct: '!-\\/:-@\\[-`\\{-~', xdigit: '0-9A-Fa-f', word: '\\w' },
};

interface Piece {
  readonly text: string;
  /** How much of the pattern it stands for. */
  readonly length: number;
}

const translate = (pattern: string, flags: string): string => {
  let source = '';
  let classStart = -1;
  for (let at = 0; at < pattern.length;) {
    const isInClass = classStart >= 0;
    const { text, length } = isInClass ? inClass(pattern, at, classStart) : outside(pattern, at, flags);
    if (!isInClass && pattern[at] === '[') classStart = at + length;
    else if (isInClass && text === ']') classStart = -1;
    source += text;
    at += length;
  }
  return source;
};

const outside = (pattern: string, at: number, flags: string): Piece => {
  const char = pattern[at]!;
  if (char === '\\') return escape(pattern, at, false);
  const ignored = flags.includes('x') && /^(?:\s+|#[^\n]*)/.exec(pattern.slice(at));
  if (ignored) return { text: '', length: ignored[0].length };
  if (char === '[') return { text: pattern[at + 1] === '^' ? '[^' : '[', length: pattern[at + 1] === '^' ? 2 : 1 };
  if (char === '{' || char === '}') return brace(pattern, at);
  if (char === '(') return group(pattern, at);
  return { text: single(char, flags), length: 1 };
};

/** A dot is anything but a line feed, and lines end in line feeds only. */
const single = (char: string, flags: string): string => {
  const isMultiline = flags.includes('m');
  switch (char) {
    case '.':
      return flags.includes('s') ? '[^]' : '[^\\n]';
    case '^':
      return isMultiline ? '(?<![^\\n])' : '^';
    case '$':
      return isMultiline ? '(?![^\\n])' : beforeLastNewline;
    case ']':
      return '\\]';
    default:
      return char;
  }
};

/** A brace that is no quantifier stands for itself. */
const brace = (pattern: string, at: number): Piece => {
  const quantifier = /^\{\d+(,\d*)?\}/.exec(pattern.slice(at));
  return quantifier ? { text: quantifier[0], length: quantifier[0].length } : { text: `\\${pattern[at]!}`, length: 1 };
};

const group = (pattern: string, at: number): Piece => {
  const special = /^\((\?(?:P?<(?![=!])|[:=!|>#]|<[=!]|.?)|\*)/.exec(pattern.slice(at));
  if (!special) return { text: '(', length: 1 };
  const [whole] = special;
  if (whole === '(?P<') return { text: '(?<', length: whole.length };
  if (['(?:', '(?=', '(?!', '(?<=', '(?<!', '(?<'].includes(whole)) return { text: whole, length: whole.length };
  throw notSupported(whole);
};

const escape = (pattern: string, at: number, isInClass: boolean): Piece => {
  const char = pattern[at + 1];
  if (char === undefined) return { text: '\\', length: 1 };
  const known = Object.hasOwn(escapes, char) ? escapes[char]![isInClass ? 1 : 0] : null;
  if (known !== null) return { text: known, length: 2 };
  if (char === 'Q') return quoted(pattern, at);
  return coded(pattern.slice(at), isInClass) ?? { text: plain(char, isInClass), length: 2 };
};

/** An escape that is longer than one character, or is followed by what it is about. */
const coded = (rest: string, isInClass: boolean): Piece | null => {
  const wide = /^\\x\{([\dA-Fa-f]{1,6})\}/.exec(rest);
  if (wide) return { text: `\\u{${wide[1]!}}`, length: wide[0].length };
  const reference = isInClass ? null : /^\\([1-9]\d?|k<\w+>)/.exec(rest);
  const same = reference ?? /^\\(x[\dA-Fa-f]{2}|[pP]\{\^?\w+\}|c[A-Za-z])/.exec(rest);
  return same && { text: same[0], length: same[0].length };
};

/** One character after a backslash: an escape that JavaScript has as well, or a character that stands for itself. */
const plain = (char: string, isInClass: boolean): string => {
  if (sameInBoth.includes(char)) return `\\${char}`;
  if (char === 'b' || char === 'B') return isInClass ? '\\x08' : `\\${char}`;
  if (/[A-Za-z0-9]/.test(char)) throw notSupported(`\\${char}`);
  return mayFollowBackslash.test(char) || (isInClass && char === '-') ? `\\${char}` : char;
};

/** `\Q…\E`: everything between stands for itself. */
const quoted = (pattern: string, at: number): Piece => {
  const end = pattern.indexOf('\\E', at);
  const inner = pattern.slice(at + 2, end < 0 ? pattern.length : end);
  return { text: inner.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&'), length: inner.length + (end < 0 ? 2 : 4) };
};

const inClass = (pattern: string, at: number, start: number): Piece => {
  const char = pattern[at]!;
  if (char === '\\') return escape(pattern, at, true);
  // A bracket that comes first is one of the class.
  if (char === ']') return { text: at === start ? '\\]' : ']', length: 1 };
  if (char !== '[') return { text: char, length: 1 };
  const posix = /^\[:(\^?)(\w+):\]/.exec(pattern.slice(at));
  if (!posix) return { text: '\\[', length: 1 };
  const characters = posix[1] === '' ? posixClasses[posix[2]!] : undefined;
  if (!characters) throw notSupported(posix[0]);
  return { text: characters, length: posix[0].length };
};
