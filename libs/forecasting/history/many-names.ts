const startBytes = 1_024;
/** Stands before the two bytes of a letter beyond ASCII. */
const beyond = 255;

/** Twice as long, or as long as is needed. */
const longer = (bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> => {
  const other = new Uint8Array(Math.max(bytes.length * 2, needed));
  other.set(bytes);
  return other;
};

/**
 * Texts as small whole numbers, in the order in which they were met, for a million of them and more: kept as bytes in one
 * piece and found by their hash, they cost a fifth of what a map of strings does, and whoever looks for garbage has nothing
 * to go through.
 */
export class ManyNames {
  #bytes = new Uint8Array(startBytes);
  /** Text n has the bytes from `#starts[n]` until before `#starts[n + 1]`. */
  #starts = new Uint32Array(startBytes);
  #count = 0;
  /** By hash, or the next free place after it: 1 + the code; 0 where there is none. */
  #slots = new Uint32Array(startBytes * 2);
  /** The text that is being looked for. */
  #wanted = new Uint8Array(startBytes);
  #wantedLength = 0;
  /** Nobody needs it, but what is not kept would not be looked at either. */
  #glimpsed = 0;

  constructor(known: Iterable<string> = []) {
    for (const text of known) this.code(text);
  }

  get length(): number {
    return this.#count;
  }

  /** The code of a text; a new one where it was not met before. */
  code(text: string): number {
    const slot = this.#slotOf(text);
    const known = this.#slots[slot]!;
    if (known > 0) return known - 1;
    this.#slots[slot] = this.#count + 1;
    this.#append();
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return this.#count - 1;
  }

  find(text: string): number | undefined {
    const known = this.#slots[this.#slotOf(text)]!;
    return known > 0 ? known - 1 : undefined;
  }

  /**
   * To be called before many texts are looked up: asks for the memory that this needs, of all of them together. One look-up
   * after the other would wait for it three times each.
   */
  glimpse(texts: readonly string[]): void {
    const places = new Uint32Array(texts.length);
    const mask = this.#slots.length - 1;
    for (let index = 0; index < texts.length; index += 1) places[index] = this.#encode(texts[index]!) & mask;
    for (let index = 0; index < texts.length; index += 1) places[index] = Math.max(1, this.#slots[places[index]!]!) - 1;
    for (let index = 0; index < texts.length; index += 1) places[index] = this.#starts[places[index]!]!;
    for (let index = 0; index < texts.length; index += 1) this.#glimpsed ^= this.#bytes[places[index]!]!;
  }

  text(code: number): string {
    let text = '';
    for (let place = this.#starts[code]!; place < this.#starts[code + 1]!; place += 1) {
      let unit = this.#bytes[place]!;
      if (unit === beyond) {
        unit = this.#bytes[place + 1]! * 256 + this.#bytes[place + 2]!;
        place += 2;
      }
      text += String.fromCharCode(unit);
    }
    return text;
  }

  /** In the order of their codes. */
  get texts(): string[] {
    return Array.from({ length: this.#count }, (_, code) => this.text(code));
  }

  /** Where the text stands in the slots, or would. */
  #slotOf(text: string): number {
    const hash = this.#encode(text);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot]! > 0 && !this.#isWanted(this.#slots[slot]! - 1)) slot = (slot + 1) & mask;
    return slot;
  }

  /** Writes the text that is wanted as bytes. @returns its hash (FNV-1a) */
  #encode(text: string): number {
    if (text.length * 3 > this.#wanted.length) this.#wanted = longer(this.#wanted, text.length * 3);
    const wanted = this.#wanted;
    let length = 0;
    for (let place = 0; place < text.length; place += 1) {
      const unit = text.charCodeAt(place);
      if (unit < 128) wanted[length++] = unit;
      else {
        wanted[length] = beyond;
        wanted[length + 1] = unit >> 8;
        wanted[length + 2] = unit & 255;
        length += 3;
      }
    }
    this.#wantedLength = length;
    return hashOf(wanted, 0, length);
  }

  #isWanted(code: number): boolean {
    const start = this.#starts[code]!;
    if (this.#starts[code + 1]! - start !== this.#wantedLength) return false;
    for (let place = 0; place < this.#wantedLength; place += 1) {
      if (this.#bytes[start + place] !== this.#wanted[place]) return false;
    }
    return true;
  }

  #append(): void {
    const start = this.#starts[this.#count]!;
    const end = start + this.#wantedLength;
    if (end > this.#bytes.length) this.#bytes = longer(this.#bytes, end);
    this.#bytes.set(this.#wanted.subarray(0, this.#wantedLength), start);
    this.#count += 1;
    if (this.#count === this.#starts.length) {
      const starts = new Uint32Array(this.#count * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#starts[this.#count] = end;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#count; code += 1) {
      let slot = hashOf(this.#bytes, this.#starts[code]!, this.#starts[code + 1]!) & mask;
      while (slots[slot]! > 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

const hashOf = (bytes: Uint8Array, from: number, until: number): number => {
  let hash = 0x811c9dc5;
  for (let place = from; place < until; place += 1) hash = Math.imul(hash ^ bytes[place]!, 0x01000193);
  // What differs at the end only would stand side by side otherwise.
  return hash ^ (hash >>> 15);
};
