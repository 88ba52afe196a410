/** Reads one protobuf message field by field, without copying: byte fields are views of the buffer that came in. */
export class MessageReader {
  readonly #buffer: Buffer;
  readonly #end: number;
  #at: number;
  #wireType = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
    this.#at = 0;
    this.#end = buffer.length;
  }

  /** The number of the next field, 0 at the end. Its value is then read by exactly one of the methods below. */
  next(): number {
    if (this.#at >= this.#end) return 0;
    const tag = this.number();
    this.#wireType = tag & 7;
    return Math.floor(tag / 8);
  }

  /** An unsigned varint. Beyond 2^53 the result is rounded, which is near enough to see that it means "the end". */
  number(): number {
    let result = 0;
    let scale = 1;
    for (let index = 0; index < 10; index++) {
      const byte = this.#byte();
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
      scale *= 128;
    }
    throw new MalformedMessage('a number of more than ten bytes');
  }

  /** The same as 64 exact bits. */
  bigint(): bigint {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, result);
    }
    throw new MalformedMessage('a number of more than ten bytes');
  }

  bytes(): Buffer {
    if (this.#wireType !== 2) throw new MalformedMessage(`bytes expected, wire type ${this.#wireType} found`);
    const length = this.number();
    const from = this.#at;
    this.#advance(length);
    return this.#buffer.subarray(from, from + length);
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  message(): MessageReader {
    return new MessageReader(this.bytes());
  }

  /** Steps over a field nobody asked for. */
  skip(): void {
    if (this.#wireType === 0) this.number();
    else if (this.#wireType === 1) this.#advance(8);
    else if (this.#wireType === 2) this.#advance(this.number());
    else if (this.#wireType === 5) this.#advance(4);
    else throw new MalformedMessage(`unknown wire type ${this.#wireType}`);
  }

  #byte(): number {
    if (this.#at >= this.#end) throw new MalformedMessage('the message ends inside a number');
    return this.#buffer[this.#at++]!;
  }

  #advance(length: number): void {
    if (length > this.#end - this.#at) throw new MalformedMessage('a field is longer than its message');
    this.#at += length;
  }
}

/** The bytes are not a protobuf message of the kind they should be. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}
