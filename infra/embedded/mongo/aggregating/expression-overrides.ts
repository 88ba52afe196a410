import { $push } from 'mingo/operators/accumulator';
import * as arithmetic from 'mingo/operators/expression/arithmetic';
import * as trigonometry from 'mingo/operators/expression/trignometry';
import { compareValues } from '../bson/order.ts';
import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { isTruthy } from '../numbers.ts';
import { typeName } from '../matching/types.ts';
import { average, extreme, spread, sum } from './accumulate.ts';
import { dateOperators } from './date-operators.ts';
import { refuseBeyondDoubles } from './beyond-doubles.ts';
import { conversions } from './conversions.ts';
import { alongPath } from './operands.ts';
import { evaluate, isNothing, onValue, type Operator } from './operator.ts';
import { roundTo } from './rounding.ts';
import { textOperators } from './text-operators.ts';

type Evaluated = (value: unknown) => unknown;

const onPair = (run: (left: unknown, right: unknown) => unknown): Operator =>
  onValue((value) => {
    if (!Array.isArray(value) || value.length !== 2)
      throw failure('BadValue', 'the expression takes exactly 2 arguments');
    return run(value[0], value[1]);
  });

const literal = (value: unknown): unknown => ({ $literal: value });

/** Evaluates the arguments once, looks at them, and hands them on. */
const guarded =
  (name: string, run: Operator): Operator =>
  (object, expression, options) => {
    const value = evaluate(object, expression, options);
    const values = Array.isArray(value) ? value : [value];
    refuseBeyondDoubles(values, name);
    return run(object, Array.isArray(expression) ? values.map(literal) : literal(value), options);
  };

const guardedOperators = (operators: object): Record<string, Operator> =>
  Object.fromEntries(Object.entries(operators).map(([name, run]) => [name, guarded(name, run as Operator)]));

const rounding = (name: string, mode: 'round' | 'trunc'): Operator =>
  onValue((value) => {
    const [number, place = 0] = Array.isArray(value) ? value : [value];
    if (number === null || number === undefined || place === null) return null;
    refuseBeyondDoubles([number], name);
    if (typeof number !== 'number' || !Number.isInteger(place) || place < -20 || place > 100) {
      throw failure('BadValue', `${name} takes a number and a place between -20 and 100`);
    }
    return roundTo(number, place, mode);
  });

/** Over the values of a list or, where the library computes a whole group, over one value per document. */
const onValues =
  (run: (values: readonly unknown[]) => unknown): Operator =>
  (object, expression, options) => {
    if (Array.isArray(object)) return run($push(object, expression as never, options as never) as unknown[]);
    const value = evaluate(object, expression, options);
    return run(Array.isArray(value) ? value : [value]);
  };

/** A dotted path, as `normalForm` writes it. */
const fieldPath: Operator = (object, expression, options) => {
  const [root, ...rest] = (expression as string).split('.');
  return alongPath(evaluate(object, root, options), rest);
};

const merged = (values: readonly unknown[]): Document => {
  const result: Document = {};
  for (const value of values) {
    if (isNothing(value)) continue;
    if (!isDocument(value)) {
      throw locationFailure(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
    }
    for (const [name, inner] of Object.entries(value)) setOwn(result, name, inner);
  }
  return result;
};

/** The library lets these pass. */
const checked =
  (operator: string, check: (values: readonly unknown[]) => void): Operator =>
  (object, expression, options) => {
    const value = evaluate(object, expression, options);
    check(Array.isArray(value) ? value : [value]);
    return arithmeticOperators[operator]!(object, expression, options);
  };

const arithmeticOperators = guardedOperators(arithmetic);

const positive =
  (operator: string, code: number) =>
  ([value]: readonly unknown[]): void => {
    if (typeof value === 'number' && value <= 0) {
      throw locationFailure(code, `${operator}'s argument must be a positive number, but is ${value}`);
    }
  };

const size: Evaluated = (value) => {
  if (Array.isArray(value)) return value.length;
  throw locationFailure(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`);
};

/** Pairs, or documents of `k` and `v`; of two of one name the last counts. */
const toObject: Evaluated = (value) => {
  if (isNothing(value)) return null;
  if (!Array.isArray(value)) {
    throw locationFailure(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  }
  const object: Document = {};
  for (const entry of value) {
    const [name, inner] = Array.isArray(entry) ? entry : isDocument(entry) ? [entry.k, entry.v] : [];
    if (typeof name !== 'string') {
      throw locationFailure(40398, `Unrecognised input type format for $arrayToObject: ${typeName(entry)}`);
    }
    setOwn(object, name, inner ?? null);
  }
  return object;
};

const choose: Operator = (object, expression, options) => {
  const { branches, default: other } = expression as Document;
  if (!Array.isArray(branches) || branches.length === 0) {
    throw locationFailure(40068, '$switch requires at least one branch.');
  }
  for (const branch of branches as Document[]) {
    if (isTruthy(evaluate(object, branch.case, options))) return evaluate(object, branch.then, options);
  }
  if ('default' in (expression as Document)) return evaluate(object, other, options);
  throw locationFailure(40066, '$switch could not find a matching branch for an input, and no default was specified.');
};

/** Operators for which the library's order, equality or rounding is not the server's. */
export const overrides: Record<string, Operator> = {
  ...arithmeticOperators,
  ...textOperators,
  ...dateOperators,
  $mod: checked('$mod', ([, divisor]) => {
    if (divisor === 0) throw locationFailure(16610, "can't $mod by zero");
  }),
  $ln: checked('$ln', positive('$ln', 28766)),
  $log10: checked('$log10', positive('$log10', 28761)),
  $log: checked('$log', positive('$log', 28758)),
  $size: onValue(size),
  $arrayToObject: onValue(toObject),
  $switch: choose,
  ...guardedOperators(trigonometry),
  $eq: onPair((left, right) => compareValues(left, right) === 0),
  $ne: onPair((left, right) => compareValues(left, right) !== 0),
  $gt: onPair((left, right) => compareValues(left, right) > 0),
  $gte: onPair((left, right) => compareValues(left, right) >= 0),
  $lt: onPair((left, right) => compareValues(left, right) < 0),
  $lte: onPair((left, right) => compareValues(left, right) <= 0),
  $cmp: onPair(compareValues),
  $round: rounding('$round', 'round'),
  $trunc: rounding('$trunc', 'trunc'),
  ...conversions,
  $fieldPath: fieldPath,
  $mergeObjects: onValues(merged),
  $sum: onValues(sum),
  $avg: onValues(average),
  $stdDevPop: onValues(spread('all')),
  $stdDevSamp: onValues(spread('sample')),
  $min: onValues((values) => extreme(values, -1)),
  $max: onValues((values) => extreme(values, 1)),
};
