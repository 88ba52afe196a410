/** Amounts as columns whose sums are exact in plain numbers, and what each is to be multiplied by. */
export interface Part {
  readonly values: Float64Array;
  readonly factor: bigint;
}

const half = 2 ** 26;

/** The amounts as they are where no sum of them can pass 2^53; else their lower and their higher digits. */
export const exactParts = (amounts: Float64Array): readonly Part[] => {
  let most = 0;
  for (const amount of amounts) most += Math.abs(amount);
  if (most <= Number.MAX_SAFE_INTEGER) return [{ values: amounts, factor: 1n }];
  const lower = new Float64Array(amounts.length);
  const higher = new Float64Array(amounts.length);
  for (let row = 0; row < amounts.length; row += 1) {
    higher[row] = Math.floor(amounts[row]! / half);
    lower[row] = amounts[row]! - higher[row]! * half;
  }
  return [
    { values: lower, factor: 1n },
    { values: higher, factor: BigInt(half) },
  ];
};
