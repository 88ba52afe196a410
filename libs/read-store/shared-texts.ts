/** A field with more different texts than this has one for each row: sharing them would cost and save nothing. */
const mostOfField = 1_000;

/** The engine keeps one text for each name of a field, the same as for a literal that a text is compared with. */
const asName = (text: string): string => Object.keys({ [text]: null })[0] ?? text;

/**
 * Rows say the same few words over and over, and each comes from the store as a text of its own. Those of one field that
 * are equal become one text here: kept rows then need half the memory, and comparing is looking at one address.
 */
export class SharedTexts {
  private readonly fields = new Map<string, Map<string, string>>();

  /** Changes a document that nobody else holds, all that is in it too. */
  shareIn<Document extends object>(document: Document): Document {
    const fields = document as Record<string, unknown>;
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === 'string') fields[name] = this.shared(name, value);
      else if (typeof value === 'object' && value !== null) this.shareIn(value);
    }
    return document;
  }

  private shared(field: string, text: string): string {
    let known = this.fields.get(field);
    if (!known) this.fields.set(field, (known = new Map<string, string>()));
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= mostOfField) return text;
    const own = asName(text);
    known.set(text, own);
    return own;
  }
}
