import { compute } from '../arithmetic/operations.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { orderKey, rankOf } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { shellText } from '../storage/shell-text.ts';
import { plainExpression } from './compile.ts';
import { isConstant } from './constants.ts';
import { later, unitOf } from './operators/calendar.ts';
import { zoned } from './operators/time-zones.ts';

/** Which documents of a partition are looked at from one of them: from this place on, and up to before that one. */
export type Bounds = (partition: readonly Document[]) => (at: number) => readonly [from: number, to: number];

type Bound = 'unbounded' | 'current' | BsonNumber;

const everything: Bounds =
  ({ length }) =>
  () => [0, length];

/** A word, or a number that may be computed. */
const boundIn = (bound: unknown, kind: string): Bound => {
  if (bound === 'unbounded' || bound === 'current') return bound;
  const value = isConstant(bound) ? plainExpression(bound)({}) : undefined;
  if (isNumber(value)) return value;
  throw failure('FailedToParse', `${kind} bounds expression must be a number: ${shellText(value)}`);
};

const boundsIn = (given: unknown, name: string, kind: string): [Bound, Bound] => {
  if (!Array.isArray(given) || given.length !== 2)
    throw failure('FailedToParse', `Window bounds must be a 2-element array: ${name}`);
  const value = given.map((bound) => boundIn(bound, kind));
  const [lower, upper] = value.map((bound) => (bound === 'current' ? 0 : bound)) as [Bound, Bound];
  if (isNumber(lower) && isNumber(upper) && toNumber(lower) > toNumber(upper))
    throw locationFailure(5339900, 'Lower bound must not exceed upper bound');
  return value as [Bound, Bound];
};

const offsetOf = (bound: Bound): number => {
  const offset = bound === 'current' ? 0 : isNumber(bound) ? toNumber(bound) : Number.NaN;
  if (Number.isInteger(offset)) return offset;
  throw failure('FailedToParse', 'Numeric document-based bounds must be an integer');
};

const byPlace = ([lower, upper]: [Bound, Bound]): Bounds => {
  const before = lower === 'unbounded' ? Number.NEGATIVE_INFINITY : offsetOf(lower);
  const after = upper === 'unbounded' ? Number.POSITIVE_INFINITY : offsetOf(upper) + 1;
  return ({ length }) =>
    (at) => [Math.min(Math.max(at + before, 0), length), Math.min(Math.max(at + after, 0), length)];
};

/** So much further on from a value: a number more, or a time later. */
export const moved = (value: unknown, bound: Bound, unit: unknown): unknown => {
  if (!isNumber(bound)) return value;
  if (unit === undefined) {
    if (isNumber(value)) return compute('add', value, bound);
    throw locationFailure(
      5429413,
      'For windows that involve a range, the sortBy field must be a number or a date with a unit',
    );
  }
  if (!(value instanceof Date)) throw locationFailure(5429513, 'A range window with a unit needs dates to sort by');
  return later(zoned(value, 'UTC'), unitOf(unit), toNumber(bound));
};

interface Range {
  readonly bounds: [Bound, Bound];
  readonly unit: unknown;
  readonly keyOf: (document: Document) => unknown;
}

const byValue =
  ({ bounds: [lower, upper], unit, keyOf }: Range): Bounds =>
  (partition) => {
    const values = partition.map((document) => keyOf(document));
    const keys = values.map((value) => orderKey(value));
    return (at) => {
      const rank = rankOf(values[at]);
      const [least, most] = [lower, upper].map((bound) => orderKey(moved(values[at], bound, unit))) as [string, string];
      const from =
        lower === 'unbounded' ? 0 : keys.findIndex((key, place) => key >= least && rankOf(values[place]) === rank);
      const last =
        upper === 'unbounded'
          ? keys.length - 1
          : keys.findLastIndex((key, place) => key <= most && rankOf(values[place]) === rank);
      return from < 0 || last < from ? [0, 0] : [from, last + 1];
    };
  };

const checkUnit = (unit: unknown, bounds: readonly Bound[]): void => {
  if (unit === undefined) return;
  unitOf(unit);
  if (bounds.every((bound) => !isNumber(bound) || Number.isInteger(toNumber(bound)))) return;
  throw failure('FailedToParse', "With 'unit', range-based bounds must be an integer");
};

interface Sorting {
  readonly keyOf: Range['keyOf'] | null;
  readonly descending: boolean;
}

const readRange = (range: unknown, unit: unknown, { keyOf, descending }: Sorting): Bounds => {
  if (!keyOf) throw locationFailure(5339902, 'Range-based bounds require sortBy a single field');
  if (descending) throw locationFailure(8947401, 'Range-based bounds require an ascending sortBy');
  const bounds = boundsIn(range, 'range', 'Range-based');
  checkUnit(unit, bounds);
  return byValue({ bounds, unit, keyOf });
};

/** Reads `{ documents: […] }` or `{ range: […], unit }`; without any, all of the partition. */
export const readBounds = (window: unknown, sorting: Sorting): Bounds => {
  if (window === undefined) return everything;
  if (!isDocument(window)) throw failure('FailedToParse', "'window' field must be an object");
  const { documents, range, unit, ...rest } = window;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw failure('FailedToParse', `'window' field has an unknown argument: ${unknown}`);
  if (documents !== undefined && range !== undefined)
    throw failure('FailedToParse', "Window bounds can specify either 'documents' or 'unit', not both.");
  if (range !== undefined) return readRange(range, unit, sorting);
  if (unit !== undefined)
    throw failure('FailedToParse', "Window bounds can only specify 'unit' with range-based bounds.");
  return documents === undefined ? everything : byPlace(boundsIn(documents, 'documents', 'Numeric document-based'));
};
