/** Texts as small whole numbers, in the order in which they were met. */
export class Names<Text extends string | null = string> {
  readonly #codes = new Map<Text, number>();
  readonly #texts: Text[] = [];

  constructor(known: readonly Text[] = []) {
    for (const text of known) this.code(text);
  }

  /** The code of a text; a new one where it was not met before. */
  code(text: Text): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
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
