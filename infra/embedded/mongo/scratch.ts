const smallest = 64 * 1024;
const largest = 1024 * 1024;

/**
 * Memory for answers that is used again and again. Fresh memory for each lies outside of the heap and makes the collector
 * go over all that is stored, which takes longer than most commands.
 */
export class Scratch {
  #memory: Buffer | null = null;

  /** So many bytes, good until the next call. */
  take(size: number): Buffer {
    if (size > largest) return Buffer.allocUnsafeSlow(size);
    if (!this.#memory || this.#memory.length < size) {
      this.#memory = Buffer.allocUnsafeSlow(Math.max(smallest, 2 ** Math.ceil(Math.log2(size))));
    }
    return this.#memory.subarray(0, size);
  }

  /** Leaves what was taken last to whoever still needs it. */
  leave(): void {
    this.#memory = null;
  }
}
