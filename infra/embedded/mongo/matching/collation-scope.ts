import { compareValues, orderKey } from '../bson/order.ts';
import type { Compare } from './collation.ts';

/** The collation of what runs just now. One for all: commands run one after the other, each as a whole. */
let current: Compare | undefined;

export const withCollation = <Result>(collation: Compare | undefined, work: () => Result): Result => {
  const before = current;
  current = collation;
  try {
    return work();
  } finally {
    current = before;
  }
};

/** Undefined where text goes by its bytes. */
export const currentCollation = (): Compare | undefined => current;

/** The order of values, in which text goes by the collation. */
export const collatedOrder = (left: unknown, right: unknown): number =>
  current ? current(left, right) : compareValues(left, right);

/** The same for values that are equal, in which text goes by the collation. */
export const collatedKey = (value: unknown): string => (current ? current.keyOf(value) : orderKey(value));
