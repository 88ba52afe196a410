import { Decimal128 } from 'bson';
import { addDecimals, divideDecimals, multiplyDecimals, negateDecimal } from '../arithmetic/decimal.ts';
import { compute, divide } from '../arithmetic/operations.ts';
import { double, toDecimal } from '../arithmetic/typed.ts';
import type { Document } from '../bson/decode.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { compareValues } from '../bson/order.ts';
import { collatedKey } from '../matching/collation-scope.ts';
import { failure, locationFailure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { type Evaluate, plainExpression } from './compile.ts';
import { isConstant } from './constants.ts';
import { checkNames, isNothing, type Variables } from './operator.ts';
import { asInt } from './operators/numeric.ts';

/** The value for each document of a partition, which is in order. */
export type WindowFunction = (partition: readonly Document[]) => readonly unknown[];

export interface Ordering {
  readonly variables: Variables;
  /** What a partition is in order of, when that is a single field. */
  readonly keyOf: ((document: Document) => unknown) | null;
  readonly descending: boolean;
}

type Reader = (operand: unknown, ordering: Ordering, name: string) => WindowFunction;

const singleKey = ({ keyOf }: Ordering, name: string): ((document: Document) => unknown) => {
  if (keyOf) return keyOf;
  throw locationFailure(
    5371602,
    `${name} must be specified with a top level sortBy expression with exactly one element`,
  );
};

const ranking =
  (next: (last: number, place: number) => number): Reader =>
  (operand, ordering, name) => {
    checkNames(operand, { required: [] }, name);
    const keyOf = singleKey(ordering, name);
    return (partition) => {
      let last = 0;
      let key: string | null = null;
      return partition.map((document, at) => {
        const own = collatedKey(keyOf(document) ?? null);
        if (own !== key) last = next(last, at + 1);
        key = own;
        return last;
      });
    };
  };

const number: Reader = (operand, _ordering, name) => {
  checkNames(operand, { required: [] }, name);
  return (partition) => partition.map((_document, at) => at + 1);
};

const shift: Reader = (operand, { variables }, name) => {
  const options = checkNames(operand, { required: ['output', 'by'], optional: ['default'] }, name);
  const output = plainExpression(options.output, variables);
  const by = asInt(options.by);
  if (by === undefined) throw failure('FailedToParse', "'$shift:by' field must be an integer");
  if (!isConstant(options.default))
    throw failure('FailedToParse', "'$shift:default' expression must yield a constant value.");
  const other = plainExpression(options.default ?? null, variables)({}) ?? null;
  return (partition) =>
    partition.map((_document, at) => {
      const shifted = partition[at + by];
      return shifted ? (output(shifted) ?? null) : other;
    });
};

/** Carries the last value on to where there is none. */
const carry: Reader = (operand, { variables }) => {
  const evaluate = plainExpression(operand, variables);
  return (partition) => {
    let last: unknown = null;
    return partition.map((document) => {
      const value = evaluate(document);
      if (!isNothing(value)) last = value;
      return last;
    });
  };
};

interface Point {
  readonly x: BsonNumber;
  readonly y: BsonNumber | null;
}

/** The place on a line: numbers as they are, dates by their milliseconds. */
const abscissa = (value: unknown): BsonNumber => {
  if (value instanceof Date) return double(value.getTime());
  if (isNumber(value)) return value;
  throw failure('TypeMismatch', `Value of the sortBy field must be numeric or a date, but found ${typeName(value)}`);
};

const ordinate = (value: unknown): BsonNumber | null => {
  if (isNothing(value)) return null;
  if (isNumber(value)) return value;
  throw failure('TypeMismatch', `Value to be filled must be numeric or nullish, but found ${typeName(value)}`);
};

const checkDistinct = (points: readonly Point[]): void => {
  if (points.some(({ x }, at) => at > 0 && compareValues(x, points[at - 1]!.x) === 0))
    throw locationFailure(6050106, 'There can be no repeated values in the sort field');
};

/** For each point, the last one so far that has a value. */
const lastKnown = (points: readonly Point[]): (Point | null)[] => {
  let last: Point | null = null;
  return points.map((point) => (last = point.y === null ? last : point));
};

const between = (x: BsonNumber, before: Point, after: Point): BsonNumber => {
  const run = compute('subtract', after.x, before.x);
  const rise = compute('subtract', after.y!, before.y!);
  return compute('add', before.y!, divide(compute('multiply', rise, compute('subtract', x, before.x)), run));
};

const filling: Reader = (operand, ordering, name) => {
  const keyOf = singleKey(ordering, name);
  const evaluate = plainExpression(operand, ordering.variables);
  return (partition) => {
    const points = partition.map((document) => ({
      x: abscissa(keyOf(document)),
      y: ordinate(evaluate(document)),
    }));
    checkDistinct(points);
    const before = lastKnown(points);
    const after = lastKnown(points.toReversed()).toReversed();
    return points.map(({ x, y }, at) => y ?? (before[at] && after[at] ? between(x, before[at], after[at]) : null));
  };
};

/** The weight of a new value, which the server has in decimals. */
const alphaOf = ({ N, alpha }: Document): Decimal128 => {
  if ((N === undefined) === (alpha === undefined))
    throw failure('FailedToParse', '$expMovingAvg sub object must have exactly one of N and alpha');
  const count = asInt(N);
  if (N !== undefined && (count === undefined || count <= 0))
    throw failure('FailedToParse', "'N' field must be an integer greater than 0");
  if (count !== undefined) return divideDecimals(toDecimal(2), toDecimal(count + 1));
  if (isNumber(alpha) && toNumber(alpha) > 0 && toNumber(alpha) < 1) return toDecimal(alpha);
  throw failure('FailedToParse', "'alpha' must be between 0 and 1");
};

const movingAverage: Reader = (operand, { variables }, name) => {
  const options = checkNames(operand, { required: ['input'], optional: ['N', 'alpha'] }, name);
  const alpha = alphaOf(options);
  const rest = addDecimals(toDecimal(1), negateDecimal(alpha));
  const evaluate: Evaluate = plainExpression(options.input, variables);
  return (partition) => {
    let average: Decimal128 | null = null;
    let isDecimal = false;
    return partition.map((document) => {
      const value = evaluate(document);
      if (isNumber(value)) {
        isDecimal ||= value instanceof Decimal128;
        const next = toDecimal(value);
        average = average ? addDecimals(multiplyDecimals(next, alpha), multiplyDecimals(average, rest)) : next;
      }
      return average && !isDecimal ? double(Number(average.toString())) : average;
    });
  };
};

/** Functions of a whole partition; the others are accumulators over a window. */
export const windowFunctions: Readonly<Record<string, Reader>> = {
  $documentNumber: number,
  $rank: ranking((_last, place) => place),
  $denseRank: ranking((last) => last + 1),
  $shift: shift,
  $locf: carry,
  $linearFill: filling,
  $expMovingAvg: movingAverage,
};
