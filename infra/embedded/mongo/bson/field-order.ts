/**
 * JavaScript puts names that could be an array's index in front of all others, in the order of their numbers; the server
 * keeps fields as they came. A document with such names therefore carries the order of its fields beside them.
 */
const fieldOrder = Symbol('field order');

interface Ordered {
  [fieldOrder]?: Set<string>;
}

type Fields = Record<string, unknown>;

let hasSeenAny = false;

/** Whether there ever was a document that JavaScript would put in another order. */
export const isOrderKept = (): boolean => hasSeenAny;

const mayBeIndex = /^(?:0|[1-9]\d{0,9})$/;

const isIndex = (name: string): boolean => {
  const first = name.charCodeAt(0);
  return first >= 0x30 && first <= 0x39 && mayBeIndex.test(name);
};

/** To be called before a field of this name is set. */
export const noteField = (document: Fields, name: string): void => {
  const { [fieldOrder]: known } = document as Ordered;
  if (known) known.add(name);
  else if (isIndex(name)) {
    hasSeenAny = true;
    (document as Ordered)[fieldOrder] = new Set(Object.keys(document)).add(name);
  }
};

/** The names of a document's fields, in its order. */
export const fieldNames = (document: Fields): string[] => {
  const names = Object.keys(document);
  const { [fieldOrder]: known } = document as Ordered;
  if (!known) return names;
  return [...[...known].filter((name) => Object.hasOwn(document, name)), ...names.filter((name) => !known.has(name))];
};

export const fieldEntries = (document: Fields): [name: string, value: unknown][] =>
  fieldNames(document).map((name) => [name, document[name]]);

/**
 * A copy that can be changed without the original: names are noted for each of them alone, and those of fields that went
 * are forgotten, so that such a field comes back at the end.
 */
export const copyFields = (document: Fields): Fields => {
  const copy: Fields & Ordered = { ...document };
  if (copy[fieldOrder]) copy[fieldOrder] = new Set(fieldNames(document));
  return copy;
};

export const hasFieldOrder = (document: Fields): boolean => (document as Ordered)[fieldOrder] !== undefined;
