import type { Money } from '../language/formats.ts';

/** Weights have at most four decimals. */
const wholeWeight = 10_000n;

/** Sums of money, exact: floating-point numbers would lose cents of large ones. */
export interface Sum {
  /** In the smallest units that the amounts were told in, times 10,000. */
  readonly units: bigint;
  readonly places: number;
  readonly currency: string;
}

const placesOf = (value: string): number => value.split('.')[1]?.length ?? 0;
const unitsOf = (value: string): bigint => BigInt(value.replace('.', ''));

export const nothing = ({ value, currency }: Money): Sum => ({ units: 0n, places: placesOf(value), currency });

/** A sum with one more amount, in full or by its weight. Amounts of one currency have the same decimals. */
export const plus = (sum: Sum, { value }: Money, weight = 1): Sum => ({
  ...sum,
  units: sum.units + unitsOf(value) * BigInt(Math.round(weight * Number(wholeWeight))),
});

/** The sum to the smallest unit, rounded half away from zero. */
export const moneyOf = ({ units, places, currency }: Sum): Money => {
  const half = units < 0n ? -wholeWeight / 2n : wholeWeight / 2n;
  const minor = (units + half) / wholeWeight;
  const digits = `${minor < 0n ? -minor : minor}`.padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const value = places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
  return { value: minor < 0n ? `-${value}` : value, currency };
};

/** An amount by its weight. */
export const timesWeight = (amount: Money, weight: number): Money => moneyOf(plus(nothing(amount), amount, weight));
