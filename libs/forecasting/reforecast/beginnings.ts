const places = 4_096;

/** Finds the first period that ends at or after an instant, nearly without a search. */
export class Beginnings {
  readonly #ends: Float64Array;
  readonly #first: number;
  readonly #last: number;
  readonly #width: number;
  /** By equal stretches from the first end to the last one: where to begin looking. */
  readonly #table = new Uint16Array(places + 1);

  /** Ends of periods, rising; from 1 to 65,535 of them. */
  constructor(ends: Float64Array) {
    this.#ends = ends;
    this.#first = ends[0] ?? 0;
    this.#last = ends.at(-1) ?? 0;
    this.#width = Math.max(1, this.#last - this.#first) / places;
    let period = 0;
    for (let place = 0; place <= places; place += 1) {
      while (period < ends.length - 1 && ends[period]! < this.#first + place * this.#width) period += 1;
      this.#table[place] = period;
    }
  }

  periodOf(at: number): number {
    const ends = this.#ends;
    if (at <= this.#first) return 0;
    if (at > this.#last) return ends.length;
    let found = this.#table[Math.floor((at - this.#first) / this.#width)]!;
    // The rounding of a place may be off by one, either way.
    while (found > 0 && ends[found - 1]! >= at) found -= 1;
    while (ends[found]! < at) found += 1;
    return found;
  }
}
