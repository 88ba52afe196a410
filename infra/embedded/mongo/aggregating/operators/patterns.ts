import { BSONRegExp } from 'bson';
import type { Document } from '../../bson/decode.ts';
import { CommandFailure, locationFailure } from '../../errors.ts';
import { compilePcre, invalidPattern } from '../../matching/pcre.ts';
import { isRegex } from '../../matching/shapes.ts';
import { typeName } from '../../matching/types.ts';
import { isNothing, onNamed, type Operator } from '../operator.ts';

const whitespace = '\\0\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a';

const charactersOf = (chars: unknown, name: string): Set<string> | null => {
  if (typeof chars === 'string') return new Set(chars);
  throw locationFailure(50700, `${name} requires 'chars' to be a string, got ${typeName(chars)} instead.`);
};

const isSpace = new RegExp(`^[${whitespace}]$`);

const trimNames = {
  required: ['input'],
  optional: ['chars'],
  faults: { notAnObject: 50696, unknown: 50694, missing: { input: 50695 } },
};

const trimming = (sides: { readonly left: boolean; readonly right: boolean }): Operator =>
  onNamed(trimNames, (options, name) => {
    const { input } = options;
    if (isNothing(input) || ('chars' in options && isNothing(options.chars))) return null;
    if (typeof input !== 'string')
      throw locationFailure(50699, `${name} requires its input to be a string, got ${typeName(input)} instead.`);
    const characters = 'chars' in options ? charactersOf(options.chars, name) : null;
    const isTrimmed = (character: string): boolean =>
      characters ? characters.has(character) : isSpace.test(character);
    const all = [...input];
    const first = sides.left ? all.findIndex((character) => !isTrimmed(character)) : 0;
    const last = sides.right ? all.findLastIndex((character) => !isTrimmed(character)) : all.length - 1;
    return first < 0 ? '' : all.slice(first, last + 1).join('');
  });

const replaceNames = {
  required: ['input', 'find', 'replacement'],
  faults: { notAnObject: 51751, unknown: 51750, missing: { input: 51749, find: 51748, replacement: 51747 } },
};

const replacing = (replace: (text: string, find: string, replacement: string) => string): Operator =>
  onNamed(replaceNames, (options, name) => {
    const { input, find, replacement } = options;
    for (const [at, part] of ['input', 'find', 'replacement'].entries()) {
      const value = options[part];
      if (!isNothing(value) && typeof value !== 'string')
        throw locationFailure(51746 - at, `${name} requires that '${part}' be a string, found: ${typeName(value)}`);
    }
    if ([input, find, replacement].some(isNothing)) return null;
    return replace(input as string, find as string, replacement as string);
  });

/** The two ways to say options exclude each other. */
const flagsOf = ({ regex, options }: Document, name: string): string => {
  if (!isNothing(options) && typeof options !== 'string')
    throw locationFailure(51106, `${name} needs 'options' to be of type string`);
  const own = regex instanceof BSONRegExp ? regex.options : '';
  if (own !== '' && !isNothing(options))
    throw locationFailure(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  return checkFlags(own + (options ?? ''), name);
};

const checkFlags = (flags: string, name: string): string => {
  if (flags.includes('\0'))
    throw locationFailure(51110, `${name}:  regular expression options cannot contain an embedded null byte`);
  const unknown = [...flags].find((flag) => !'imsxu'.includes(flag));
  if (unknown === undefined) return flags;
  throw locationFailure(51108, `${name}:  invalid flag in regex options: ${unknown}`);
};

const patternOf = (options: Document, name: string): RegExp | null => {
  const { regex } = options;
  if (isNothing(regex)) return null;
  if (typeof regex !== 'string' && !isRegex(regex))
    throw locationFailure(51105, `${name} needs 'regex' to be of type string or regex`);
  const text = typeof regex === 'string' ? regex : regex.pattern;
  if (text.includes('\0'))
    throw locationFailure(51109, `${name}: regular expression cannot contain an embedded null byte`);
  const pattern = compiled(text, flagsOf(options, name));
  return new RegExp(pattern.source, `${pattern.flags}g`);
};

const compiled = (pattern: string, flags: string): RegExp => {
  try {
    return compilePcre(pattern, flags);
  } catch (error) {
    if (error instanceof CommandFailure && error.code === invalidPattern)
      throw locationFailure(51111, `Invalid Regex: ${error.message}`);
    throw error;
  }
};

/** The matches in the text, as they are asked for; nothing matches nothing. */
function* matches(options: Document, name: string): Generator<Document> {
  const { input } = options;
  const pattern = patternOf(options, name);
  if (!isNothing(input) && typeof input !== 'string')
    throw locationFailure(51104, `${name} needs 'input' to be of type string`);
  if (isNothing(input) || !pattern) return;
  do {
    const found = pattern.exec(input);
    if (!found) return;
    yield {
      match: found[0],
      idx: [...input.slice(0, found.index)].length,
      captures: found.slice(1).map((capture: string | undefined) => capture ?? null),
    };
    if (found[0] === '') pattern.lastIndex += (input.codePointAt(found.index) ?? 0) > 0xffff ? 2 : 1;
  } while (pattern.lastIndex < input.length);
}

const searchNames = {
  required: ['input', 'regex'],
  optional: ['options'],
  faults: { notAnObject: 51103, unknown: 31024, missing: { input: 31022, regex: 31023 } },
};

const searching = (result: (found: Iterator<Document> & Iterable<Document>) => unknown): Operator =>
  onNamed(searchNames, (options, name) => result(matches(options, name)));

export const patternOperators: Readonly<Record<string, Operator>> = {
  $trim: trimming({ left: true, right: true }),
  $ltrim: trimming({ left: true, right: false }),
  $rtrim: trimming({ left: false, right: true }),
  $replaceOne: replacing((text, find, replacement) => text.replace(find, () => replacement)),
  $replaceAll: replacing((text, find, replacement) => text.replaceAll(find, () => replacement)),
  $regexMatch: searching((found) => found.next().done !== true),
  $regexFind: searching((found) => {
    const first = found.next();
    return first.done === true ? null : first.value;
  }),
  $regexFindAll: searching((found) => [...found]),
};
