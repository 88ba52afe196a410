import { type Document, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { compareValues, rank, rankOf } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { missingField, unknownField } from '../field-faults.ts';
import { isNumber, toNumber } from '../numbers.ts';

/** Negative when the left value comes first, zero when the two are equal. */
export type Compare = (left: unknown, right: unknown) => number;

const sensitivities: Readonly<Record<number, Intl.CollatorOptions['sensitivity']>> = {
  1: 'base',
  2: 'accent',
  3: 'variant',
};

const wrong = (what: string): Error => failure('BadValue', `Invalid collation: ${what}`);
const notDone = (what: string): Error => failure('NotImplemented', `${what} is not supported by this server`);

const sensitivityOf = ({ strength, caseLevel = false }: Document): Intl.CollatorOptions['sensitivity'] => {
  const level = strength === undefined ? 3 : isNumber(strength) ? toNumber(strength) : Number.NaN;
  if (![1, 2, 3, 4, 5].includes(level)) throw wrong('the strength must be from 1 to 5');
  if (caseLevel !== false && level === 1) return 'case';
  if (caseLevel !== false || level > 3) throw notDone('a collation of this strength and case level');
  return sensitivities[level];
};

const caseFirsts: Readonly<Record<string, Intl.CollatorOptions['caseFirst']>> = {
  upper: 'upper',
  lower: 'lower',
  off: 'false',
};

const known = new Set([
  ...['locale', 'strength', 'caseLevel', 'caseFirst', 'numericOrdering', 'alternate', 'maxVariable', 'normalization'],
  ...['backwards', 'version'],
]);

const localeOf = ({ locale }: Document): string => {
  if (typeof locale !== 'string') throw wrong("a 'locale' must be a string");
  const tag = locale.replaceAll('_', '-');
  try {
    if (Intl.Collator.supportedLocalesOf(tag).length > 0) return tag;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
  }
  throw wrong(`Field 'locale' is invalid: ${locale}`);
};

const collatorOf = (collation: Document): Intl.Collator => {
  const unknown = Object.keys(collation).find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownField(`collation.${unknown}`);
  const { caseFirst = 'off', numericOrdering = false, alternate = 'non-ignorable', maxVariable = 'punct' } = collation;
  if (collation.backwards === true) throw notDone('a collation that compares accents backwards');
  if (maxVariable !== 'punct') throw notDone('a collation that ignores spaces only');
  if (!Object.hasOwn(caseFirsts, String(caseFirst))) throw wrong('caseFirst must be upper, lower or off');
  return new Intl.Collator(localeOf(collation), {
    sensitivity: sensitivityOf(collation),
    caseFirst: caseFirsts[String(caseFirst)],
    numeric: numericOrdering === true,
    ignorePunctuation: alternate === 'shifted',
  });
};

/** The order across all types, in which text goes by the collator; names of fields do not. */
const comparing = (collator: Intl.Collator): Compare => {
  const arrays = (left: readonly unknown[], right: readonly unknown[]): number => {
    for (const [at, value] of left.entries()) {
      const order = at === right.length ? 1 : compare(value, right[at]);
      if (order !== 0) return order;
    }
    return left.length - right.length;
  };
  const documents = (left: Document, right: Document): number => {
    const others = fieldEntries(right);
    for (const [at, [name, value]] of fieldEntries(left).entries()) {
      const other = others[at];
      if (!other) return 1;
      const order = rankOf(value) - rankOf(other[1]) || compareValues(name, other[0]) || compare(value, other[1]);
      if (order !== 0) return order;
    }
    return Object.keys(left).length - others.length;
  };
  const compare: Compare = (left, right) => {
    const own = rankOf(left);
    if (own !== rankOf(right)) return own - rankOf(right);
    if (own === rank.string) return collator.compare(String(left), String(right));
    if (Array.isArray(left)) return arrays(left, right as unknown[]);
    return isDocument(left) && isDocument(right) ? documents(left, right) : compareValues(left, right);
  };
  return compare;
};

/** How text is compared; undefined for the simple collation, which goes by its bytes. */
export const readCollation = (collation: unknown): Compare | undefined => {
  if (collation === undefined || collation === null) return undefined;
  if (!isDocument(collation)) throw failure('TypeMismatch', "BSON field 'collation' must be an object");
  if (!('locale' in collation)) throw missingField('collation.locale');
  return collation.locale === 'simple' ? undefined : comparing(collatorOf(collation));
};

/** For what has text compared where no collation is heeded: it is refused rather than ignored. */
export const refuseCollation = (compare: Compare | undefined, where: string): void => {
  if (compare) throw notDone(`a collation other than 'simple' for ${where}`);
};
