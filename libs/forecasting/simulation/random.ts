const golden = 0x9e3779b9;

/** The finalizer of MurmurHash3: every bit of a number reaches every bit of the result. */
const mixed = (number: number): number => {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
};

const rotated = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

/**
 * Chance that can be repeated: xoshiro128** of Blackman and Vigna (2018), whole numbers only, so that one state gives the
 * same digits on every machine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: readonly [number, number, number, number]) {
    [this.#a, this.#b, this.#c, this.#d] = state.map((word) => word | 0) as [number, number, number, number];
  }

  /** One of many streams of a seed: what one draws does not depend on how much another drew. */
  static of(seed: number, stream: number): Random {
    const word = (index: number): number =>
      mixed(seed + index * golden) ^ mixed(mixed(stream ^ golden) + Math.imul(index, 0x6a09e667));
    return new Random([word(1), word(2), word(3), word(4)]);
  }

  /** From 0 until before 2^32. */
  word(): number {
    const drawn = Math.imul(rotated(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotated(this.#d, 11);
    return drawn;
  }

  /** From 0 until before 1. */
  unit(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number from 0 until before `count`. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }
}
