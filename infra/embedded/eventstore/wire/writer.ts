const lowBits = 0x7f;

/**
 * Builds one protobuf message. Every method names the field's number first and returns the writer. One scratch buffer
 * is used over and over, so a writer must be finished before another message is begun with the same scratch.
 */
export class MessageWriter {
  #buffer = Buffer.allocUnsafeSlow(4096);
  #at = 0;

  /** Forgets what an encoder that threw may have left behind. */
  begin(): void {
    this.#at = 0;
  }

  /** Writes an unsigned number: up to 2^53 as a number, above as a bigint. */
  number(field: number, value: number | bigint): this {
    this.#reserve(20);
    this.#varint(field * 8);
    if (typeof value === 'bigint') this.#bigVarint(BigInt.asUintN(64, value));
    else this.#varint(value);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#reserve(20 + value.length);
    this.#varint(field * 8 + 2);
    this.#varint(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  /** Fields that are encoded already. */
  raw(fields: Uint8Array): this {
    this.#reserve(fields.length);
    this.#buffer.set(fields, this.#at);
    this.#at += fields.length;
    return this;
  }

  text(field: number, value: string): this {
    const length = Buffer.byteLength(value);
    this.#reserve(20 + length);
    this.#varint(field * 8 + 2);
    this.#varint(length);
    this.#at += this.#buffer.write(value, this.#at, 'utf8');
    return this;
  }

  /** A nested message: `build` writes its fields; without it, an empty message that only says "this one". */
  message(field: number, build?: (writer: this) => void): this {
    this.#reserve(20);
    this.#varint(field * 8 + 2);
    const start = this.#at;
    build?.(this);
    const length = this.#at - start;
    this.#reserve(10);
    const sizeOfLength = sizeOfVarint(length);
    this.#buffer.copyWithin(start + sizeOfLength, start, this.#at);
    this.#at = start;
    this.#varint(length);
    this.#at += length;
    return this;
  }

  /** The message as a buffer of its own. */
  finish(): Buffer {
    const message = Buffer.allocUnsafe(this.#at);
    this.#buffer.copy(message, 0, 0, this.#at);
    if (this.#buffer.length > 1 << 20) this.#buffer = Buffer.allocUnsafeSlow(4096);
    return message;
  }

  #varint(value: number): void {
    while (value > lowBits) {
      this.#buffer[this.#at++] = (value % 128) | 0x80;
      value = Math.floor(value / 128);
    }
    this.#buffer[this.#at++] = value;
  }

  #bigVarint(value: bigint): void {
    while (value > 0x7fn) {
      this.#buffer[this.#at++] = Number(value & 0x7fn) | 0x80;
      value >>= 7n;
    }
    this.#buffer[this.#at++] = Number(value);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

const sizeOfVarint = (value: number): number => {
  let size = 1;
  for (let rest = value; rest > lowBits; rest = Math.floor(rest / 128)) size++;
  return size;
};

const shared = new MessageWriter();

/** Builds a message in the one shared scratch buffer; must not be nested (use `writer.message` for that). */
export const encode = (build: (writer: MessageWriter) => void): Buffer => {
  shared.begin();
  build(shared);
  return shared.finish();
};
