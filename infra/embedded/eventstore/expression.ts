import { handlerFailed, notSupported } from './errors.ts';

/**
 * The real server's regular expressions are .NET's. What means something else in JavaScript is written anew, and refused
 * where that cannot be; what is no regular expression there either fails as it does there.
 */
export const compileExpression = (pattern: string): RegExp => {
  const { rest, flags } = withoutLeadingOptions(pattern);
  try {
    return new RegExp(translate(rest), `u${flags}`);
  } catch (error) {
    throw error instanceof SyntaxError ? handlerFailed() : error;
  }
};

const lacking = (what: string): Error => notSupported(`${what} in the regular expression of a filter`);

const withoutLeadingOptions = (pattern: string): { rest: string; flags: string } =>
  pattern.startsWith('(?i)') ? { rest: pattern.slice(4), flags: 'i' } : { rest: pattern, flags: '' };

interface Piece {
  readonly text: string;
  /** How much of the pattern it stands for. */
  readonly length: number;
}

const translate = (pattern: string): string => {
  if (/\(\?[<'][^=!]/.test(pattern) && /\\[1-9]/.test(pattern))
    throw lacking('A reference by number beside groups with names');
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const { text, length } = pattern[at] === '[' ? classAt(pattern, at) : outside(pattern, at);
    source += text;
    at += length;
  }
  return source;
};

const wordCharacters = '\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}';
const isWord = `[${wordCharacters}]`;
const endOfText = '(?![^])';
const end = `(?=\\n?${endOfText})`;

/** Escapes by what stands after the backslash: outside of a class, and inside of one (null: not there). */
const escapes: Readonly<Record<string, readonly [outside: string, inside: string | null]>> = {
  A: ['(?<![^])', null],
  z: [endOfText, null],
  Z: [end, null],
  b: [`(?:(?<=${isWord})(?!${isWord})|(?<!${isWord})(?=${isWord}))`, '\\x08'],
  B: [`(?:(?<=${isWord})(?=${isWord})|(?<!${isWord})(?!${isWord}))`, null],
  w: [isWord, wordCharacters],
  W: [`[^${wordCharacters}]`, null],
  d: ['\\p{Nd}', '\\p{Nd}'],
  D: ['\\P{Nd}', '\\P{Nd}'],
  s: ['\\p{White_Space}', '\\p{White_Space}'],
  S: ['\\P{White_Space}', '\\P{White_Space}'],
  a: ['\\x07', '\\x07'],
  e: ['\\x1b', '\\x1b'],
  ...Object.fromEntries(['f', 'n', 'r', 't', 'v'].map((name) => [name, [`\\${name}`, `\\${name}`]])),
};

/** Longer escapes that mean the same in both. */
const same = /^\\(x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|[pP]\{[A-Z][a-z]?\}|c[A-Za-z])/;
const reference = /^\\(?:[1-9]\d*|k<(\w+)>|k'(\w+)')/;

const longerEscape = (rest: string, isInClass: boolean): Piece | null => {
  const found = same.exec(rest) ?? (isInClass ? null : reference.exec(rest));
  if (!found) return null;
  const [whole, , quotedName] = found;
  return { text: whole.startsWith("\\k'") ? `\\k<${quotedName}>` : whole, length: whole.length };
};

const escapeAt = (pattern: string, at: number, isInClass: boolean): Piece => {
  const rest = pattern.slice(at);
  const char = rest.charAt(1);
  const known = Object.hasOwn(escapes, char) ? escapes[char]![isInClass ? 1 : 0] : undefined;
  if (known === null) throw lacking(`\\${char}`);
  return known === undefined
    ? (longerEscape(rest, isInClass) ?? { text: plain(char), length: 2 })
    : { text: known, length: 2 };
};

/** A character that stands for itself; a letter or a digit never does. */
const plain = (char: string): string => {
  if (/[GpPk0-9]/.test(char)) throw lacking(`\\${char}`);
  if (char === '' || /[\p{L}_]/u.test(char)) throw handlerFailed();
  return literal(char);
};

const literal = (char: string): string =>
  /[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\${char === '-' ? 'x2d' : char}` : char;

const outside = (pattern: string, at: number): Piece => {
  const char = pattern[at]!;
  switch (char) {
    case '\\':
      return escapeAt(pattern, at, false);
    case '(':
      return groupAt(pattern, at);
    case '{':
    case '}':
      return braceAt(pattern, at);
    case '.':
      return { text: '[^\\n]', length: 1 };
    case '$':
      return { text: end, length: 1 };
    default:
      return { text: char === ']' ? '\\]' : char, length: 1 };
  }
};

/** A brace that is no quantifier stands for itself. */
const braceAt = (pattern: string, at: number): Piece => {
  const quantifier = /^\{\d+(,\d*)?\}/.exec(pattern.slice(at))?.[0] ?? '';
  return quantifier === '' ? { text: `\\${pattern[at]!}`, length: 1 } : { text: quantifier, length: quantifier.length };
};

const groupAt = (pattern: string, at: number): Piece => {
  const rest = pattern.slice(at);
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment) return { text: '', length: comment[0].length };
  const begin = /^\((?!\?)|^\(\?(?:[:=!]|<[=!]|i:)/.exec(rest);
  if (begin) return { text: begin[0], length: begin[0].length };
  const name = /^\(\?(?:<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
  if (!name) throw lacking(rest.slice(0, 3));
  return { text: `(?<${name[1] ?? name[2]!}>`, length: name[0].length };
};

const classAt = (pattern: string, at: number): Piece => {
  const begin = pattern[at + 1] === '^' ? '[^' : '[';
  let text = begin;
  for (let here = at + begin.length; here < pattern.length;) {
    const char = pattern[here]!;
    // A bracket that comes first is one of the class.
    if (char === ']' && here > at + begin.length) return { text: `${text}]`, length: here + 1 - at };
    if (pattern.startsWith('-[', here)) throw lacking('A class without another');
    const piece = char === '\\' ? escapeAt(pattern, here, true) : { text: inClass(char), length: 1 };
    text += piece.text;
    here += piece.length;
  }
  throw handlerFailed();
};

const inClass = (char: string): string => (/[\]()[{}/|]/.test(char) ? `\\${char}` : char);
