interface NumberArray {
  readonly length: number;
  [index: number]: number;
  set(from: this): void;
  subarray(from: number, until: number): this;
}

export const floatsOf = (length: number) => new Float64Array(length);
export const codesOf = (length: number) => new Uint32Array(length);
export const shortsOf = (length: number) => new Uint16Array(length);
export const signedShortsOf = (length: number) => new Int16Array(length);
export const bytesOf = (length: number) => new Uint8Array(length);

/** The same column with more room at its end, or with less. */
export const resized = <Column extends NumberArray>(
  column: Column,
  length: number,
  ofLength: (length: number) => Column,
): Column => {
  const other = ofLength(length);
  other.set(column.subarray(0, Math.min(length, column.length)));
  return other;
};

/** A packed column of numbers that grows at its end. */
export class Growing<Column extends NumberArray> {
  readonly #ofLength: (length: number) => Column;
  #values: Column;
  #length: number;

  constructor(ofLength: (length: number) => Column, known?: Column) {
    this.#ofLength = ofLength;
    this.#values = known ?? ofLength(1_024);
    this.#length = known?.length ?? 0;
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

  /** Changes the number at a place that was pushed before. */
  put(place: number, value: number): void {
    this.#values[place] = value;
  }

  /** What is there now, not copied: to be read before the next push. */
  get values(): Column {
    return this.#values.subarray(0, this.#length);
  }

  #grow(): void {
    this.#values = resized(this.#values, Math.max(1_024, this.#values.length * 2), this.#ofLength);
  }
}

export const codes = (known?: Uint32Array) => new Growing(codesOf, known);
export const floats = () => new Growing(floatsOf);
export const shorts = () => new Growing(shortsOf);
