import { ExactSum } from '../arithmetic/exact-sum.ts';
import { compute, divide } from '../arithmetic/operations.ts';
import { double } from '../arithmetic/typed.ts';
import type { Document } from '../bson/decode.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, isZero } from '../numbers.ts';
import type { Accumulation, NewAccumulation } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkNames } from './operator.ts';
import { lengthOf, unitOf } from './operators/calendar.ts';
import type { Ordering } from './window-functions.ts';

/** What a window is gathered by that makes sense only of documents in an order, or not of a group. */
type Reader = (operand: unknown, ordering: Ordering, name: string) => NewAccumulation;

interface Point {
  readonly x: unknown;
  readonly y: unknown;
}

/** Points whose places are numbers, or dates that a unit makes numbers of. */
interface Line {
  readonly pointOf: (document: Document) => Point;
  /** In milliseconds where there is a unit. */
  readonly distance: (from: unknown, to: unknown) => BsonNumber;
  /** In milliseconds; null for places that are numbers. */
  readonly unit: number | null;
}

/** Months and years are of no single length, so that nothing can be said per one of them. */
const unitMillisecondsOf = (unit: unknown): number | null => {
  if (unit === undefined) return null;
  const length = lengthOf(unitOf(unit));
  if (length !== undefined) return length;
  throw locationFailure(5490710, "unit must be 'week' or smaller");
};

const readLine = (operand: unknown, { variables, keyOf }: Ordering, name: string): Line => {
  const options = checkNames(operand, { required: ['input'], optional: ['unit'] }, name);
  if (!keyOf) throw failure('FailedToParse', `${name} requires a sortBy of a single field`);
  const input = plainExpression(options.input, variables);
  const unit = unitMillisecondsOf(options.unit);
  const [dateCode, numberCode] = name === '$derivative' ? [5624900, 5624902] : [5423901, 5423902];
  const distance = (from: unknown, to: unknown): BsonNumber => {
    if (unit === null) {
      if (isNumber(from) && isNumber(to)) return compute('subtract', to, from);
      throw locationFailure(numberCode, `${name} (with no 'unit') expects the sortBy field to be numeric`);
    }
    if (from instanceof Date && to instanceof Date) return double(to.getTime() - from.getTime());
    throw locationFailure(dateCode, `${name} with 'unit' expects the sortBy field to be a Date`);
  };
  return { pointOf: (document) => ({ x: keyOf(document), y: input(document) }), distance, unit };
};

/** The line between the first and the last point; nothing where both are at one place. */
const derivative: Reader = (operand, ordering, name) => {
  const { pointOf, distance, unit } = readLine(operand, ordering, name);
  return () => {
    let [first, last]: [Document | null, Document | null] = [null, null];
    return {
      add: (document) => {
        first ??= document;
        last = document;
      },
      result: () => {
        if (!first || !last) return null;
        const [from, to] = [pointOf(first), pointOf(last)];
        const run = distance(from.x, to.x);
        if (!isNumber(from.y) || !isNumber(to.y))
          throw locationFailure(5624903, '$derivative input must be a number, and neither null nor missing');
        if (isZero(run)) return null;
        const slope = divide(compute('subtract', to.y, from.y), run);
        return unit === null ? slope : compute('multiply', slope, unit);
      },
    };
  };
};

const heightOf = ({ y }: Point): BsonNumber => {
  if (isNumber(y)) return y;
  throw locationFailure(5423900, 'The input value of $integral must be numeric');
};

/** The area below the points, by trapezoids; none below a single one. */
const integral: Reader = (operand, ordering, name) => {
  const { pointOf, distance, unit } = readLine(operand, ordering, name);
  return () => {
    const area = new ExactSum();
    let before: Point | null = null;
    return {
      add: (document) => {
        const point = pointOf(document);
        const [height, width] = [heightOf(point), distance((before ?? point).x, point.x)];
        if (before) area.add(divide(compute('multiply', compute('add', heightOf(before), height), width), 2));
        before = point;
      },
      result: () => {
        if (!before) return null;
        return unit === null ? area.total : divide(area.total, unit);
      },
    };
  };
};

const isPair = (value: unknown): value is [BsonNumber, BsonNumber] =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber);

/** Of pairs of numbers, taken in one by one (Welford); what is no such pair does not count. */
const covariance =
  (kind: 'all' | 'sample'): Reader =>
  (operand, { variables }) => {
    const evaluate = plainExpression(operand, variables);
    return (): Accumulation => {
      const [left, right, products] = [new ExactSum(), new ExactSum(), new ExactSum()];
      return {
        add: (document) => {
          const pair = evaluate(document);
          if (!isPair(pair)) return;
          const distance = compute('subtract', pair[0], left.average ?? 0);
          left.add(pair[0]);
          right.add(pair[1]);
          products.add(compute('multiply', distance, compute('subtract', pair[1], right.average!)));
        },
        result: () => {
          const divisor = kind === 'all' ? left.count : left.count - 1;
          return divisor > 0 ? divide(products.total, divisor) : null;
        },
      };
    };
  };

export const slopes: Readonly<Record<string, Reader>> = {
  $derivative: derivative,
  $integral: integral,
  $covariancePop: covariance('all'),
  $covarianceSamp: covariance('sample'),
};
