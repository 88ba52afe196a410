import { headerSize } from './wire.ts';

export const maximumMessageSize = 48_000_000;

/** The stream of bytes makes no sense from here on. */
export class BrokenFrame extends Error {}

/** Cuts a stream of bytes into messages. */
export class Framing {
  #chunks: Buffer[] = [];
  #held = 0;
  #wanted = 0;

  /** The messages that the chunk completes. */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held >= 4) {
      if (this.#wanted === 0) this.#wanted = this.#readLength();
      if (this.#held < this.#wanted) return;
      yield this.#cut();
    }
  }

  #readLength(): number {
    if (this.#chunks[0]!.length < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]!.readInt32LE(0);
    if (length < headerSize || length > maximumMessageSize) throw new BrokenFrame(`a message of ${length} bytes`);
    return length;
  }

  #cut(): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    const message = all.subarray(0, this.#wanted);
    this.#chunks = all.length > this.#wanted ? [all.subarray(this.#wanted)] : [];
    this.#held -= this.#wanted;
    this.#wanted = 0;
    return message;
  }
}
