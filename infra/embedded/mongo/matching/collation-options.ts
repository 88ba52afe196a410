import type { Document } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { missingField, unknownField, wrongType } from '../field-faults.ts';
import { isNumber, toWhole } from '../numbers.ts';
import { type Locale, readLocale } from './locales.ts';

export interface CollationOptions {
  readonly locale: Locale;
  readonly strength: number;
  readonly caseLevel: boolean;
  readonly caseFirst: string;
  readonly numericOrdering: boolean;
  readonly alternate: string;
  readonly maxVariable: string;
  readonly normalization: boolean;
  readonly backwards: boolean;
}

const flags = ['caseLevel', 'numericOrdering', 'normalization', 'backwards'];
const choices: Readonly<Record<string, readonly string[]>> = {
  caseFirst: ['off', 'upper', 'lower'],
  alternate: ['non-ignorable', 'shifted'],
  maxVariable: ['punct', 'space'],
};
const known = new Set(['locale', 'strength', 'version', ...flags, ...Object.keys(choices)]);

const wrong = (message: string): Error => failure('BadValue', `unable to parse collation :: caused by :: ${message}`);

const localeOf = ({ locale }: Document): Locale => {
  if (locale === undefined) throw missingField('collation.locale');
  if (typeof locale !== 'string') throw wrongType('collation.locale', locale, "type 'string'");
  const found = readLocale(locale);
  if (found) return found;
  throw wrong(`Field 'locale' is invalid in: { locale: "${locale}" }`);
};

const strengthOf = ({ strength = null }: Document): number => {
  if (strength === null) return 3;
  if (!isNumber(strength)) throw wrongType('collation.strength', strength, "types '[long, int, decimal, double]'");
  const level = toWhole(strength);
  if ([1, 2, 3, 4, 5].includes(level)) return level;
  throw wrong(`Enumeration value '${level}' for field 'strength' is not a valid value.`);
};

/** Only `backwards` may not be null. */
const flagOf = (collation: Document, name: string): boolean => {
  const value = collation[name] as unknown;
  if (value === undefined || (value === null && name !== 'backwards')) return false;
  if (typeof value === 'boolean') return value;
  throw wrongType(`collation.${name}`, value, "type 'bool'");
};

const choiceOf = (collation: Document, name: string): string => {
  const value = (collation[name] ?? null) as unknown;
  if (value === null) return choices[name]![0]!;
  if (typeof value !== 'string') throw wrongType(`collation.${name}`, value, "type 'string'");
  if (choices[name]!.includes(value)) return value;
  throw wrong(`Enumeration value '${value}' for field '${name}' is not a valid value.`);
};

const checkTogether = ({ caseFirst, caseLevel, strength }: CollationOptions): void => {
  if (caseFirst !== 'off' && !caseLevel && strength < 3)
    throw wrong(`'caseFirst' is invalid unless 'caseLevel' is on or 'strength' is greater than 2`);
};

export const readCollationOptions = (collation: Document): CollationOptions => {
  const unknown = Object.keys(collation).find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownField(`collation.${unknown}`);
  const options = {
    locale: localeOf(collation),
    strength: strengthOf(collation),
    caseLevel: flagOf(collation, 'caseLevel'),
    caseFirst: choiceOf(collation, 'caseFirst'),
    numericOrdering: flagOf(collation, 'numericOrdering'),
    alternate: choiceOf(collation, 'alternate'),
    maxVariable: choiceOf(collation, 'maxVariable'),
    normalization: flagOf(collation, 'normalization'),
    backwards: flagOf(collation, 'backwards'),
  };
  checkTogether(options);
  return options;
};

const version = '57.1';

/** A collation in full, as it is kept and given back. */
export const fullCollation = ({ locale, ...options }: CollationOptions): Document => ({
  locale: locale.name,
  caseLevel: options.caseLevel,
  caseFirst: options.caseFirst,
  strength: options.strength,
  numericOrdering: options.numericOrdering,
  alternate: options.alternate,
  maxVariable: options.maxVariable,
  normalization: options.normalization,
  backwards: options.backwards,
  version,
});
