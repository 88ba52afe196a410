import { type Document, documentOf, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { compareValues, orderKey, rank, rankOf } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { shellText } from '../storage/shell-text.ts';
import { type CollationOptions, fullCollation, readCollationOptions } from './collation-options.ts';
import { FirstTexts } from './first-texts.ts';

/** Negative when the left value comes first, zero when the two are equal. */
export interface Compare {
  (left: unknown, right: unknown): number;
  /** The same for values that are equal. */
  readonly keyOf: (value: unknown) => string;
  /** The collation in full. */
  readonly specification: Document;
}

const notDone = (what: string): Error => failure('NotImplemented', `${what} is not supported by this server`);

type CompareText = (left: string, right: string) => number;

const byCodePoints: CompareText = (left, right) =>
  Buffer.compare(Buffer.from(left.normalize('NFD')), Buffer.from(right.normalize('NFD')));

/** One comparison for each level, of which the first that tells the two apart decides. */
const levelsOf = (options: CollationOptions): CompareText[] => {
  const { strength, caseLevel, locale } = options;
  const isShifted = options.alternate === 'shifted';
  const at = (sensitivity: NonNullable<Intl.CollatorOptions['sensitivity']>, ignorePunctuation = isShifted) =>
    new Intl.Collator(locale.tag, {
      usage: locale.usage,
      sensitivity,
      ignorePunctuation,
      caseFirst: options.caseFirst === 'off' ? 'false' : (options.caseFirst as 'upper' | 'lower'),
      numeric: options.numericOrdering,
    }).compare;
  if (strength === 3 && !caseLevel) return [at('variant')];
  return [
    at(strength === 1 ? 'base' : 'accent'),
    ...(caseLevel ? [at('case')] : []),
    ...(strength >= 3 ? [at('variant')] : []),
    ...(strength >= 4 && isShifted ? [at('variant', false)] : []),
    ...(strength === 5 ? [byCodePoints] : []),
  ];
};

const textOrder = (options: CollationOptions): CompareText => {
  if (options.backwards) throw notDone('a collation that compares accents backwards');
  if (options.alternate === 'shifted' && options.maxVariable === 'space')
    throw notDone('a collation that ignores spaces only');
  const [first, ...further] = levelsOf(options);
  return (left, right) => {
    const order = first!(left, right);
    if (order !== 0) return order;
    for (const compare of further) {
      const own = compare(left, right);
      if (own !== 0) return own;
    }
    return 0;
  };
};

/** The order across all types, in which text goes by the collator; names of fields do not. */
const comparing = (compareText: CompareText, specification: Document): Compare => {
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
  const compare = (left: unknown, right: unknown): number => {
    const own = rankOf(left);
    if (own !== rankOf(right)) return own - rankOf(right);
    if (own === rank.string) return compareText(String(left), String(right));
    if (Array.isArray(left)) return arrays(left, right as unknown[]);
    return isDocument(left) && isDocument(right) ? documents(left, right) : compareValues(left, right);
  };
  const standIn = standIns(compareText);
  return Object.assign(compare, { keyOf: (value: unknown) => orderKey(standIn(value)), specification });
};

/** Puts in the place of each text, however deep, the first that was seen of those that equal it. */
const standIns = (compareText: CompareText): ((value: unknown) => unknown) => {
  const texts = new FirstTexts(compareText);
  const known = new Map<string, string>();
  const standIn = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = known.get(value) ?? texts.firstLike(value);
      known.set(value, text);
      return text;
    }
    if (Array.isArray(value)) return value.map(standIn);
    if (!isDocument(value)) return value;
    return documentOf(fieldEntries(value).map(([name, inner]) => [name, standIn(inner)]));
  };
  return standIn;
};

const readSimple = (collation: Document): undefined => {
  if (Object.keys(collation).every((name) => name === 'locale' || name === 'version')) return undefined;
  throw failure('BadValue', `If locale is 'simple', no other fields should be set in: ${shellText(collation)}`);
};

/** How text is compared; undefined for the simple collation, which goes by its bytes. */
export const readCollation = (collation: unknown): Compare | undefined => {
  if (collation === undefined || collation === null) return undefined;
  if (!isDocument(collation)) throw failure('TypeMismatch', "BSON field 'collation' must be an object");
  if (collation.locale === 'simple') return readSimple(collation);
  const options = readCollationOptions(collation);
  return comparing(textOrder(options), fullCollation(options));
};

/** For what is not done by any but the simple collation: it is refused rather than ignored. */
export const refuseCollation = (compare: Compare | undefined, where: string): void => {
  if (compare) throw notDone(`a collation other than 'simple' for ${where}`);
};
