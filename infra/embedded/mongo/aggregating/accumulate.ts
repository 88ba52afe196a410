import { Decimal128, Long } from 'bson';
import { compareValues } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { isNothing } from './operator.ts';

/** The number, or null for what is not one and does not count. */
export const countedNumber = (value: unknown): number | null => {
  if (typeof value === 'number') return value;
  if (value instanceof Decimal128 || value instanceof Long) {
    throw failure('NotImplemented', 'sums of Decimal128, or of Longs beyond 2^53, are not supported by this server');
  }
  return null;
};

/** Adds without the error that grows with the count (Neumaier), as the server does. */
export class ExactSum {
  #total = 0;
  #lost = 0;
  #isWhole = true;
  count = 0;

  add(value: unknown): void {
    const number = countedNumber(value);
    if (number === null) return;
    this.count++;
    this.#isWhole &&= Number.isSafeInteger(number);
    const next = this.#total + number;
    if (Number.isFinite(next)) {
      this.#lost +=
        Math.abs(this.#total) >= Math.abs(number) ? this.#total - next + number : number - next + this.#total;
    }
    this.#total = next;
  }

  /** Whole numbers have a whole sum; one that no double holds is refused. */
  get total(): number {
    const total = this.#total + this.#lost;
    if (this.#isWhole && !Number.isSafeInteger(total)) {
      throw failure('NotImplemented', 'a sum of whole numbers beyond 2^53 is not supported by this server');
    }
    return total;
  }

  get average(): number | null {
    return this.count > 0 ? (this.#total + this.#lost) / this.count : null;
  }
}

export const sum = (values: readonly unknown[]): number => {
  const exact = new ExactSum();
  for (const value of values) exact.add(value);
  return exact.total;
};

export const average = (values: readonly unknown[]): number | null => {
  const exact = new ExactSum();
  for (const value of values) exact.add(value);
  return exact.average;
};

/** The standard deviation of the numbers (Welford); of a sample there have to be two at least. */
export class Spread {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: unknown): void {
    const number = countedNumber(value);
    if (number === null) return;
    this.#count++;
    const distance = number - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (number - this.#mean);
  }

  of(kind: 'all' | 'sample'): number | null {
    const divisor = kind === 'all' ? this.#count : this.#count - 1;
    return divisor > 0 ? Math.sqrt(this.#squares / divisor) : null;
  }
}

export const spread =
  (kind: 'all' | 'sample') =>
  (values: readonly unknown[]): number | null => {
    const all = new Spread();
    for (const value of values) all.add(value);
    return all.of(kind);
  };

/** The least or the greatest value; nothing does not count. */
export const extreme = (values: readonly unknown[], sign: 1 | -1): unknown => {
  let best: unknown = null;
  for (const value of values) {
    if (!isNothing(value) && (best === null || sign * compareValues(value, best) > 0)) best = value;
  }
  return best;
};
