import { base, type Digits } from './digits.ts';

/** Amounts in order of the groups that they add to, and by which term each of them weighs. */
export interface Weighable {
  readonly amounts: Digits;
  readonly terms: Uint32Array;
  /** Group g has the amounts from `starts[g]` until before `starts[g + 1]`. */
  readonly starts: Uint32Array;
}

/** So many digits of 26 bits, each times a weight of 14, are exact in a plain number. */
const exactAtOnce = 4_096;

/** Adds amount × weight to the sum of each group, exactly. `weights`: by term, in 1/10,000. */
export const weigh = ({ amounts, terms, starts }: Weighable, weights: Float64Array, sums: Digits): void => {
  const [lows, middles, highs] = amounts;
  const [lowSums, middleSums, highSums] = sums;
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const end = starts[group + 1]!;
    for (let from = starts[group]!; from < end; from += exactAtOnce) {
      const until = Math.min(end, from + exactAtOnce);
      let [low, middle, high] = [0, 0, 0];
      for (let place = from; place < until; place += 1) {
        const weight = weights[terms[place]!]!;
        low += lows[place]! * weight;
        middle += middles[place]! * weight;
        high += highs[place]! * weight;
      }
      low += lowSums[group]!;
      const toMiddle = Math.floor(low / base);
      middle += middleSums[group]! + toMiddle;
      const toHigh = Math.floor(middle / base);
      lowSums[group] = low - toMiddle * base;
      middleSums[group] = middle - toHigh * base;
      highSums[group]! += high + toHigh;
    }
  }
};

/** Amounts as they come, and the group and the term of each. */
interface Ungrouped {
  readonly amounts: Digits;
  readonly groups: Uint32Array;
  readonly terms: Uint32Array;
}

const isRising = (groups: Uint32Array): boolean => {
  for (let place = 1; place < groups.length; place += 1) if (groups[place]! < groups[place - 1]!) return false;
  return true;
};

/** The same amounts in order of their groups; `order`: which of them stands where. */
export const grouped = (
  { amounts, groups, terms }: Ungrouped,
  groupCount: number,
): Weighable & { readonly order: Uint32Array } => {
  const starts = new Uint32Array(groupCount + 1);
  for (let from = 0; from < groups.length; from += 1) starts[groups[from]! + 1]! += 1;
  for (let group = 0; group < groupCount; group += 1) starts[group + 1]! += starts[group]!;
  const order = new Uint32Array(groups.length);
  if (isRising(groups)) {
    for (let place = 0; place < order.length; place += 1) order[place] = place;
    return { amounts, terms, starts, order };
  }
  const next = starts.slice();
  for (let from = 0; from < groups.length; from += 1) {
    const group = groups[from]!;
    order[next[group]!] = from;
    next[group]! += 1;
  }
  const inOrder = (digit: Float64Array): Float64Array => {
    const sorted = new Float64Array(order.length);
    for (let place = 0; place < order.length; place += 1) sorted[place] = digit[order[place]!]!;
    return sorted;
  };
  const sortedTerms = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place += 1) sortedTerms[place] = terms[order[place]!]!;
  const [low, middle, high] = amounts;
  return { amounts: [inOrder(low), inOrder(middle), inOrder(high)], terms: sortedTerms, starts, order };
};
