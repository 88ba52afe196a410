import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that can be repeated: the same seed gives the same company. */
export interface Chance {
  /** In [0, 1). */
  unit(): number;
  /** Whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
  happens(probability: number): boolean;
  /** Log-normal: half of all values lie below `median`; `spread` is the deviation of the logarithm. */
  around(median: number, spread: number): number;
}

export const chance = (seed: number): Chance => {
  const generator = xoroshiro128plus(seed);
  const unit = () => uniformFloat64(generator);
  const whole = (low: number, high: number) => uniformInt(generator, low, high);
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
  return {
    unit,
    whole,
    oneOf: <Item>(items: readonly Item[]) => items[whole(0, items.length - 1)] as Item,
    happens: (probability) => unit() < probability,
    around: (median, spread) => median * Math.exp(spread * normal()),
  };
};
