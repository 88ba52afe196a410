const mostPlaces = 4_096;

const scratch = new Float64Array(1);
const halves = new Int32Array(scratch.buffer);
scratch[0] = 1;
/** Which half of a plain number holds its exponent: the lower half of 1 is empty. */
export const upper = halves[0] === 0 ? 1 : 0;
const upperHalfOf = (at: number): number => {
  scratch[0] = at;
  return halves[upper]!;
};

/**
 * Finds the first period that ends at or after an instant, nearly without a search. As whole numbers, the upper halves of
 * instants rise with them, some 17 minutes a step by now: to look a period up takes neither a division nor a conversion.
 */
export class Beginnings {
  readonly ends: Float64Array;
  /** An instant is looked up at its upper half less the base, shifted; at the ends of the table where that is beyond them. */
  readonly base: number;
  readonly shift: number;
  /** By place: the period of all of its instants; where one ends among them, ~ the first that some of them may be in. */
  readonly table: Int32Array;

  /** Ends of periods, rising; from 1 to 65,534 of them. After the last one, a period without an end begins. */
  constructor(ends: Float64Array) {
    this.ends = Float64Array.of(...ends, Infinity);
    // Before 1970 the halves fall: whatever was then is looked for from the first period on.
    this.base = Math.max(0, upperHalfOf(ends[0]!)) - 1;
    const steps = Math.max(0, upperHalfOf(ends.at(-1)!)) - this.base;
    this.shift = Math.max(0, Math.ceil(Math.log2(steps / mostPlaces)));
    this.table = new Int32Array((steps >> this.shift) + 2);
    let period = 0;
    for (let place = 0; place < this.table.length; place += 1) {
      while (period < ends.length && this.#placeOf(ends[period]!) < place) period += 1;
      const hasEnd = period < ends.length && this.#placeOf(ends[period]!) === place;
      this.table[place] = hasEnd ? ~period : period;
    }
  }

  periodOf(at: number): number {
    const found = this.table[this.#placeOf(at)]!;
    if (found >= 0) return found;
    let period = ~found;
    while (this.ends[period]! < at) period += 1;
    return period;
  }

  #placeOf(at: number): number {
    const half = upperHalfOf(at);
    return half < this.base ? 0 : Math.min(this.table.length - 1, (half - this.base) >> this.shift);
  }
}

/** Two halves of each number, the `upper` one at twice its place and `upper`. */
export const halvesOf = ({ buffer, byteOffset, length }: Float64Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length * 2);
