interface NumberArray {
  readonly length: number;
  [index: number]: number;
  set(from: this): void;
  subarray(from: number, until: number): this;
}

const floatsOf = (length: number) => new Float64Array(length);
export const codesOf = (length: number) => new Uint32Array(length);
/** Seen by other threads, too. */
export const sharedCodesOf = (length: number) => {
  countAsGarbage(length * Uint32Array.BYTES_PER_ELEMENT);
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
};
export const sharedFloatsOf = (length: number) => {
  countAsGarbage(length * Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
};
const shortsOf = (length: number) => new Uint16Array(length);

/** Shared memory is not counted when it is decided whether to look for garbage: this lets as much be counted. */
export const countAsGarbage = (bytes: number): void => void new ArrayBuffer(bytes);

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
    const values = this.#ofLength(Math.max(1_024, this.#values.length * 2));
    values.set(this.#values);
    this.#values = values;
  }
}

export const sharedCodes = (known?: Uint32Array) => new Growing(sharedCodesOf, known);
export const sharedFloats = (known?: Float64Array) => new Growing(sharedFloatsOf, known);
export const codes = (known?: Uint32Array) => new Growing(codesOf, known);
export const floats = (known?: Float64Array) => new Growing(floatsOf, known);
export const shorts = () => new Growing(shortsOf);

export const sharedCopy = (values: Uint32Array): Uint32Array => {
  const copy = sharedCodesOf(values.length);
  copy.set(values);
  return copy;
};
