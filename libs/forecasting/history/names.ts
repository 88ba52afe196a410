/** Texts as small whole numbers, in the order in which they were met. */
export class Names<Text extends string | null = string> {
  readonly #codes = new Map<Text, number>();
  readonly #texts: Text[] = [];
  readonly #most: number;

  /** `most`: how many there is room for where codes are kept. */
  constructor(known: readonly Text[] = [], most = 2 ** 32) {
    this.#most = most;
    for (const text of known) this.code(text);
  }

  /** The code of a text; a new one where it was not met before. @throws {RangeError} for one more than there is room for */
  code(text: Text): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length === this.#most)
      throw new RangeError(`no room for another name beside ${this.#most}: ${text}`);
    this.#codes.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  find(text: Text): number | undefined {
    return this.#codes.get(text);
  }

  /** In the order of their codes. */
  get texts(): readonly Text[] {
    return this.#texts;
  }
}
