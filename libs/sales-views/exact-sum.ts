/** A sum of whole numbers, exact however large it grows: kept in plain numbers as long as they are exact. */
export class ExactSum {
  private large = 0n;
  private small = 0;

  add(addend: number): void {
    const sum = this.small + addend;
    if (Number.isSafeInteger(sum)) {
      this.small = sum;
      return;
    }
    this.large += BigInt(this.small) + BigInt(addend);
    this.small = 0;
  }

  addProduct(one: number, other: number): void {
    const product = one * other;
    if (Number.isSafeInteger(product)) this.add(product);
    else this.large += BigInt(one) * BigInt(other);
  }

  get total(): bigint {
    return this.large + BigInt(this.small);
  }
}
