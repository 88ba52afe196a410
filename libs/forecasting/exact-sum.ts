const half = 2 ** 26;

/** A sum of whole numbers that stays exact beyond what plain numbers can add up. */
export class ExactSum {
  #lower = 0;
  #higher = 0;

  add(value: number): void {
    const higher = Math.floor(value / half);
    this.#higher += higher;
    this.#lower += value - higher * half;
  }

  get total(): bigint {
    return BigInt(this.#higher) * BigInt(half) + BigInt(this.#lower);
  }
}
