import { Decimal128 } from 'bson';
import { addDecimals, divideDecimals, multiplyDecimals, negateDecimal } from '../arithmetic/decimal.ts';
import { double, toDecimal } from '../arithmetic/typed.ts';
import type { Document } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { type Evaluate, plainExpression } from './compile.ts';
import { checkNames, isNothing, type Variables } from './operator.ts';
import { asInt, doubleOf } from './operators/numeric.ts';

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
        const own = orderKey(keyOf(document) ?? null);
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

/** The place on a line: numbers as they are, dates by their milliseconds. */
const abscissa = (value: unknown, name: string): number => {
  if (value instanceof Date) return value.getTime();
  if (isNumber(value)) return doubleOf(value, name);
  throw locationFailure(605001, `${name}: the sortBy field must be a number or a date`);
};

const ordinate = (value: unknown, name: string): number | null => (isNumber(value) ? doubleOf(value, name) : null);

const filling: Reader = (operand, ordering, name) => {
  const keyOf = singleKey(ordering, name);
  const evaluate = plainExpression(operand, ordering.variables);
  return (partition) => {
    const values = partition.map((document) => evaluate(document) ?? null);
    const points = partition.map((document, at) => ({
      x: abscissa(keyOf(document), name),
      y: ordinate(values[at], name),
    }));
    return values.map((value, at) => {
      if (value !== null) return value;
      const before = points.findLast((point, place) => place < at && point.y !== null);
      const after = points.find((point, place) => place > at && point.y !== null);
      if (!before || !after) return null;
      const share = (points[at]!.x - before.x) / (after.x - before.x);
      return double(before.y! + share * (after.y! - before.y!));
    });
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
