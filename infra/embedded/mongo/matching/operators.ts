import { Long } from 'bson';
import type { BsonNumber } from '../bson/number-order.ts';
import { orderKey, rank, rankOf } from '../bson/order.ts';
import { DecodedFields, type Document, type Fields, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { isNumber, isTruthy, toNumber } from '../numbers.ts';
import { shellText } from '../storage/shell-text.ts';
import { bitTests } from './bits.ts';
import type { Compare } from './collation.ts';
import { elementOrWhole, type LeafTest } from './paths.ts';
import { regexTest } from './regex.ts';
import { typeTest } from './types.ts';
import { isOperatorDocument, isRegex } from './shapes.ts';

/** What one operator asks of the values that a path leads to; null when it asks nothing ($options). */
export interface Compiled {
  test: LeafTest;
  negated?: boolean;
}
/** Filters within filters; handed in, since a filter is made of operators. */
interface Filters {
  /** How text is compared, when not by its bytes. */
  readonly compare: Compare | undefined;
  ofElement(condition: Document): LeafTest;
  ofDocument(filter: Document): (fields: Fields) => boolean;
}
type Operator = (operand: unknown, siblings: Document, filters: Filters) => Compiled | null;

const sameValue = (wanted: unknown): LeafTest => {
  if (typeof wanted === 'string')
    return (value) => value === wanted || (rankOf(value) === rank.string && same(value, wanted));
  if (wanted === null || wanted === undefined) return (value) => value === null || value === undefined;
  const wantedRank = rankOf(wanted);
  const wantedKey = orderKey(wanted);
  return (value) => rankOf(value) === wantedRank && orderKey(value) === wantedKey;
};
const same = (left: unknown, right: unknown): boolean => orderKey(left) === orderKey(right);

/** Equality to a value, or to an element; null also stands for "not there". */
export const equals = (wanted: unknown, compare?: Compare): LeafTest =>
  elementOrWhole(compare ? collatedValue(wanted, compare) : sameValue(wanted));

const collatedValue =
  (wanted: unknown, compare: Compare): LeafTest =>
  (value) =>
    compare(value ?? null, wanted ?? null) === 0;

const isNaNumber = (value: unknown): boolean => isNumber(value) && Number.isNaN(toNumber(value));

/** Only values of the operand's own type compare, but for the two ends of the order, which compare with all. */
const comparison = (accepts: (order: number) => boolean): Operator => {
  const inclusive = accepts(0);
  return (operand, _siblings, { compare }) => {
    if (isRegex(operand)) throw failure('BadValue', "Can't have RegEx as arg to predicate over field.");
    const type = rankOf(operand);
    if (operand === null)
      return { test: elementOrWhole((value) => inclusive && (value === null || value === undefined)) };
    if (isNaNumber(operand)) return { test: elementOrWhole((value) => inclusive && isNaNumber(value)) };
    const anyType = type === rank.minKey || type === rank.maxKey;
    const key = orderKey(operand);
    return {
      test: elementOrWhole((value) => {
        if ((!anyType && (value === undefined || rankOf(value) !== type)) || isNaNumber(value)) return false;
        if (compare) return accepts(compare(value, operand));
        const own = orderKey(value);
        return accepts(own < key ? -1 : own > key ? 1 : 0);
      }),
    };
  };
};

const inTest = (operand: unknown, name: string, compare: Compare | undefined): LeafTest => {
  if (!Array.isArray(operand)) throw failure('BadValue', `${name} needs an array`);
  if (operand.some(isOperatorDocument)) throw failure('BadValue', `cannot nest $ under ${name}`);
  const keys = new Set(operand.filter((value) => !isRegex(value)).map(orderKey));
  const patterns = operand.filter(isRegex).map((value) => regexTest(value));
  const nothing = operand.some((value) => value === null);
  return elementOrWhole((value) => {
    if (value === undefined) return nothing;
    if (compare && operand.some((wanted) => compare(value, wanted) === 0)) return true;
    return keys.has(orderKey(value)) || patterns.some((pattern) => pattern(value));
  });
};

const elemMatch: Operator = (operand, _siblings, filters) => {
  if (!isDocument(operand)) throw failure('BadValue', '$elemMatch needs an Object');
  const [first] = Object.keys(operand);
  const isOverValues = isOperatorDocument(operand) && !['$and', '$or', '$nor', '$expr'].includes(first!);
  const overDocuments = isOverValues ? null : filters.ofDocument(operand);
  const overValues = isOverValues ? filters.ofElement(operand) : null;
  const accepts = (element: unknown): boolean => {
    if (overValues) return overValues(element);
    return (isDocument(element) || Array.isArray(element)) && overDocuments!(new DecodedFields(element as Document));
  };
  return { test: (value) => Array.isArray(value) && value.some(accepts) };
};

const everyOf: Operator = (operand, siblings, filters) => {
  if (!Array.isArray(operand)) throw failure('BadValue', '$all needs an array');
  const matching = operand.filter((value) => isDocument(value) && '$elemMatch' in value).length;
  if (matching > 0 && matching < operand.length) throw failure('BadValue', '$all/$elemMatch has to be consistent');
  if (matching === 0 && operand.some(isOperatorDocument)) throw failure('BadValue', 'no $ expressions in $all');
  const tests = operand.map((value) => {
    if (isDocument(value) && '$elemMatch' in value) return elemMatch(value.$elemMatch, siblings, filters)!.test;
    return isRegex(value) ? elementOrWhole(regexTest(value)) : equals(value, filters.compare);
  });
  const every = (value: unknown) => tests.length > 0 && tests.every((test) => test(value));
  const whole = (value: unknown) => tests.length > 0 && tests.every((test) => (test.whole ?? test)(value));
  return { test: Object.assign(every, { whole }) };
};

/** Without its fraction; nothing for what is not finite. */
const toWhole = (value: BsonNumber): bigint | undefined => {
  if (value instanceof Long) return value.toBigInt();
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? BigInt(number) : undefined;
};

const modulo: Operator = (operand) => {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumber)) {
    throw failure('BadValue', 'malformed mod, needs to be an array of two numbers');
  }
  const [divisor, remainder] = operand.map(toWhole);
  if (divisor === undefined || remainder === undefined)
    throw failure('BadValue', 'malformed mod, divisor not a number');
  if (divisor === 0n) throw failure('BadValue', 'divisor cannot be 0');
  return {
    test: elementOrWhole((value) => {
      const whole = isNumber(value) ? toWhole(value) : undefined;
      return whole !== undefined && whole % divisor === remainder;
    }),
  };
};

const size: Operator = (operand) => {
  const wrong = (expected: string) =>
    failure('BadValue', `Failed to parse $size. Expected ${expected} $size: ${shellText(operand)}`);
  if (!isNumber(operand)) throw wrong('a number in:');
  const wanted = toNumber(operand);
  if (!Number.isInteger(wanted)) throw wrong('an integer:');
  if (wanted < 0) throw wrong('a non-negative number in:');
  return { test: (value) => Array.isArray(value) && value.length === wanted };
};

export const operators: Record<string, Operator> = {
  $eq: (operand, _siblings, { compare }) => ({ test: equals(operand, compare) }),
  $ne: (operand, _siblings, { compare }) => {
    if (isRegex(operand)) throw failure('BadValue', "Can't have regex as arg to $ne.");
    return { test: equals(operand, compare), negated: true };
  },
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $in: (operand, _siblings, { compare }) => ({ test: inTest(operand, '$in', compare) }),
  $nin: (operand, _siblings, { compare }) => ({ test: inTest(operand, '$nin', compare), negated: true }),
  $exists: (operand) => ({ test: (value) => value !== undefined, negated: !isTruthy(operand) }),
  $type: (operand) => ({ test: elementOrWhole(typeTest(operand)) }),
  $regex: (operand, { $options }) => ({ test: elementOrWhole(regexTest(operand, $options)) }),
  $options: (_operand, siblings) => {
    if (!('$regex' in siblings)) throw failure('BadValue', '$options needs a $regex');
    return null;
  },
  $mod: modulo,
  $size: size,
  $all: everyOf,
  $elemMatch: elemMatch,
  ...bitTests,
};
