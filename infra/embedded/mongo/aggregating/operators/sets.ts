import { collatedKey, collatedOrder } from '../../matching/collation-scope.ts';
import { locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isTruthy } from '../../numbers.ts';
import { isNothing, onList, onPair, onValue, type Operator, unlessNothing } from '../operator.ts';

/** Each value once, by what it equals to. */
const setOf = (values: readonly unknown[]): Map<string, unknown> => {
  const set = new Map<string, unknown>();
  for (const value of values) {
    const key = collatedKey(value);
    if (!set.has(key)) set.set(key, value);
  }
  return set;
};

const arrayOr = (value: unknown, [code, name]: readonly [number, string]): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw locationFailure(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
};

/** The server puts the elements of a set in order. */
const sorted = (values: Iterable<unknown>): unknown[] => [...values].sort(collatedOrder);

const union = onList([0, Infinity], (values, name) => {
  const arrays = unlessNothing(values, (value) => arrayOr(value, [17043, name]));
  return arrays && sorted(setOf(arrays.flat(1)).values());
});

const intersection = onList([0, Infinity], (values, name) => {
  const sets = unlessNothing(values, (value) => setOf(arrayOr(value, [17047, name])));
  if (!sets) return null;
  const [first, ...others] = sets;
  if (!first) return [];
  return sorted([...first].filter(([key]) => others.every((other) => other.has(key))).map(([, value]) => value));
});

const difference = onPair((left, right, name) => {
  if (isNothing(left) || isNothing(right)) return null;
  const unwanted = setOf(arrayOr(right, [17049, name]));
  return [...setOf(arrayOr(left, [17048, name]))].filter(([key]) => !unwanted.has(key)).map(([, value]) => value);
});

const equals = onList([0, Infinity], (values, name) => {
  const [first, ...others] = values.map((value) => setOf(arrayOr(value, [17044, name])));
  return others.every((other) => other.size === first!.size && [...other.keys()].every((key) => first!.has(key)));
});

const isSubset = onPair((left, right, name) => {
  const whole = setOf(arrayOr(right, [17042, name]));
  return [...setOf(arrayOr(left, [17046, name])).keys()].every((key) => whole.has(key));
});

const elements = (code: number, run: (values: readonly unknown[]) => boolean): Operator =>
  onValue((value, name) => {
    if (Array.isArray(value)) return run(value);
    throw locationFailure(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
  });

export const setOperators: Readonly<Record<string, Operator>> = {
  $setUnion: union,
  $setIntersection: intersection,
  $setDifference: difference,
  $setEquals: (operand, compile, name) => {
    const count = Array.isArray(operand) ? operand.length : 1;
    if (count < 2) throw locationFailure(17045, `$setEquals needs at least two arguments had: ${count}`);
    return equals(operand, compile, name);
  },
  $setIsSubset: isSubset,
  $allElementsTrue: elements(17040, (values) => values.every(isTruthy)),
  $anyElementTrue: elements(17041, (values) => values.some(isTruthy)),
};
