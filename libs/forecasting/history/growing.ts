interface NumberArray {
  readonly length: number;
  [index: number]: number;
  set(from: this): void;
  subarray(from: number, until: number): this;
}

/** A packed column of numbers that grows at its end. */
export class Growing<Column extends NumberArray> {
  readonly #ofLength: (length: number) => Column;
  #values: Column;
  #length = 0;

  constructor(ofLength: (length: number) => Column) {
    this.#ofLength = ofLength;
    this.#values = ofLength(1_024);
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  get length(): number {
    return this.#length;
  }

  at(place: number): number | undefined {
    return place < this.#length ? this.#values[place] : undefined;
  }

  /** What is there now, not copied: to be read before the next push. */
  get values(): Column {
    return this.#values.subarray(0, this.#length);
  }

  #grow(): void {
    const larger = this.#ofLength(this.#values.length * 2);
    larger.set(this.#values);
    this.#values = larger;
  }
}

export const floats = () => new Growing((length) => new Float64Array(length));
export const codes = () => new Growing((length) => new Uint32Array(length));
export const bytes = () => new Growing((length) => new Uint8Array(length));
