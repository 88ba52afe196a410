import { BSON } from 'mongodb';

const kind = { double: 0x01, text: 0x02, document: 0x03, list: 0x04, boolean: 0x08, nothing: 0x0a, integer: 0x10 };

/** Longer texts are written faster by the platform; shorter ones not even when it knows that they are ASCII. */
const shortText = 40;
/** A character takes three bytes at most. */
const bytesPerCharacter = 3;
/** The kind, the end of a name, a length or a number, and the ends of a text and of a document. */
const besideTexts = 16;

/**
 * Documents as BSON, one behind the other. Of what JSON knows it writes what the driver would, in a fourth of the time;
 * anything else it leaves to the driver. A field that is undefined is left out.
 */
export class DocumentBytes {
  #bytes = Buffer.allocUnsafeSlow(2 ** 20);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  /** The documents from one on until there are enough bytes, in memory of their own, and the place of the next one. */
  pack(documents: readonly object[], from = 0, enough = Infinity): { readonly bytes: Buffer; readonly next: number } {
    this.#at = 0;
    let next = from;
    for (const document of documents.slice(from)) {
      if (this.#at >= enough) break;
      this.#reserve(besideTexts);
      this.#document(document as Readonly<Record<string, unknown>>);
      next += 1;
    }
    const bytes = Buffer.allocUnsafeSlow(this.#at);
    this.#bytes.copy(bytes, 0, 0, this.#at);
    return { bytes, next };
  }

  #document(fields: Readonly<Record<string, unknown>>): void {
    const start = this.#begin();
    for (const name in fields) {
      const value = fields[name];
      if (value !== undefined) this.#element(name, value);
    }
    this.#end(start);
  }

  #list(values: readonly unknown[]): void {
    const start = this.#begin();
    for (let place = 0; place < values.length; place += 1) this.#element(`${place}`, values[place] ?? null);
    this.#end(start);
  }

  #begin(): number {
    const start = this.#at;
    this.#at += 4;
    return start;
  }

  #end(start: number): void {
    this.#bytes[this.#at++] = 0;
    this.#view.setInt32(start, this.#at - start, true);
  }

  #element(name: string, value: unknown): void {
    const characters = name.length + (typeof value === 'string' ? value.length : 0);
    this.#reserve(bytesPerCharacter * characters + besideTexts);
    const start = this.#at++;
    const written = this.#name(name) ? this.#value(value) : undefined;
    if (written) this.#bytes[start] = written;
    else this.#byDriver(start, { [name]: value });
  }

  #name(name: string): boolean {
    if (!this.#ascii(name)) return false;
    this.#bytes[this.#at++] = 0;
    return true;
  }

  /** Answers of which kind it is; nothing where it is left to the driver. */
  #value(value: unknown): number | undefined {
    switch (typeof value) {
      case 'string':
        return this.#textValue(value);
      case 'number':
        return this.#number(value);
      case 'boolean':
        this.#bytes[this.#at++] = value ? 1 : 0;
        return kind.boolean;
      case 'object':
        return value === null ? kind.nothing : this.#object(value);
      default:
        return undefined;
    }
  }

  #object(value: object): number | undefined {
    if (Array.isArray(value)) {
      this.#list(value);
      return kind.list;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
    this.#document(value as Readonly<Record<string, unknown>>);
    return kind.document;
  }

  #number(value: number): number {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.#view.setInt32(this.#at, value, true);
      this.#at += 4;
      return kind.integer;
    }
    this.#view.setFloat64(this.#at, value, true);
    this.#at += 8;
    return kind.double;
  }

  #textValue(text: string): number {
    const start = this.#begin();
    this.#text(text);
    this.#bytes[this.#at++] = 0;
    this.#view.setInt32(start, this.#at - start - 4, true);
    return kind.text;
  }

  #text(text: string): void {
    if (text.length > shortText || !this.#ascii(text)) this.#at += this.#bytes.write(text, this.#at);
  }

  /** Writes a text that is all ASCII, without any NUL; says whether it is. */
  #ascii(text: string): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place);
      if (code > 0x7f || code === 0) return false;
      bytes[start + place] = code;
    }
    this.#at = start + text.length;
    return true;
  }

  /** Writes the element at `start` anew. */
  #byDriver(start: number, field: Readonly<Record<string, unknown>>): void {
    this.#at = start;
    const element = BSON.serialize(field, { ignoreUndefined: true }).subarray(4, -1);
    this.#reserve(element.length + besideTexts);
    this.#bytes.set(element, this.#at);
    this.#at += element.length;
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + size));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
