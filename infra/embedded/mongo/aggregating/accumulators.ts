import { ExactSum } from '../arithmetic/exact-sum.ts';
import { double } from '../arithmetic/typed.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { collatedKey, collatedOrder } from '../matching/collation-scope.ts';
import type { Document } from '../bson/decode.ts';
import { copyFields } from '../bson/field-order.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { isNothing } from './operator.ts';
import { mergeFields } from './operators/objects.ts';

/** Takes in one value after the other; what it has become is asked for at the end. */
interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}
export type NewAccumulator = () => Accumulator;

const sum: NewAccumulator = () => {
  const exact = new ExactSum();
  return { add: (value) => exact.add(value), result: () => exact.total };
};

const average: NewAccumulator = () => {
  const exact = new ExactSum();
  return { add: (value) => exact.add(value), result: () => exact.average };
};

/** The standard deviation of the numbers (Welford); of a sample there have to be two at least. */
const spread =
  (kind: 'all' | 'sample'): NewAccumulator =>
  () => {
    let count = 0;
    let mean = 0;
    let squares = 0;
    return {
      add: (value) => {
        if (!isNumber(value)) return;
        const number = toNumber(value);
        count++;
        const distance = number - mean;
        mean += distance / count;
        squares += distance * (number - mean);
      },
      result: () => {
        const divisor = kind === 'all' ? count : count - 1;
        return divisor > 0 ? double(Math.sqrt(squares / divisor)) : null;
      },
    };
  };

/** The least or the greatest value; nothing does not count. */
const extreme =
  (sign: 1 | -1): NewAccumulator =>
  () => {
    let best: unknown = null;
    return {
      add: (value) => {
        if (!isNothing(value) && (best === null || sign * collatedOrder(value, best) > 0)) best = value;
      },
      result: () => best,
    };
  };

const first: NewAccumulator = () => {
  let taken: { value: unknown } | null = null;
  return {
    add: (value) => {
      taken ??= { value };
    },
    result: () => taken?.value ?? null,
  };
};

const last: NewAccumulator = () => {
  let taken: unknown;
  return {
    add: (value) => {
      taken = value;
    },
    result: () => taken ?? null,
  };
};

const list: NewAccumulator = () => {
  const values: unknown[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => [...values],
  };
};

const set: NewAccumulator = () => {
  const values = new Map<string, unknown>();
  return {
    add: (value) => {
      const key = collatedKey(value);
      if (value !== undefined && !values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
};

const merged: NewAccumulator = () => {
  const document: Document = {};
  return { add: (value) => mergeFields(document, value), result: () => copyFields(document) };
};

export const accumulators: Readonly<Record<string, NewAccumulator>> = {
  $sum: sum,
  $avg: average,
  $stdDevPop: spread('all'),
  $stdDevSamp: spread('sample'),
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: list,
  $addToSet: set,
  $mergeObjects: merged,
};

const gathered =
  (finish: (values: unknown[]) => unknown): NewAccumulator =>
  () => {
    const values: unknown[] = [];
    return { add: (value) => values.push(value ?? null), result: () => finish(values) };
  };

const ordered = (values: readonly unknown[]): unknown[] =>
  values.filter((value) => !isNothing(value)).sort(collatedOrder);

/** Accumulators that keep so many of the values. */
export const countedAccumulators: Readonly<Record<string, (count: number) => NewAccumulator>> = {
  $firstN: (count) => gathered((values) => values.slice(0, count)),
  $lastN: (count) => gathered((values) => values.slice(-count)),
  $minN: (count) => gathered((values) => ordered(values).slice(0, count)),
  $maxN: (count) => gathered((values) => ordered(values).reverse().slice(0, count)),
};

/** The least of the numbers that so large a share of them does not exceed; what is not a number has no place there. */
const percentile = (sorted: readonly number[], share: number): BsonNumber | null => {
  if (sorted.length === 0) return null;
  return double(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!);
};

export const percentiles = (shares: readonly number[]): NewAccumulator =>
  gathered((values) => {
    const numbers = values
      .filter(isNumber)
      .map(toNumber)
      .filter((number) => !Number.isNaN(number));
    const sorted = [...Float64Array.from(numbers).sort()];
    return shares.map((share) => percentile(sorted, share));
  });
