import { RawFields } from '../bson/decode.ts';
import { findElement } from '../bson/elements.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { compileFilter } from '../matching/filter.ts';
import type { IndexDefinition } from './index-definition.ts';
import { type KeyExtractor, keyExtractor } from './index-keys.ts';
import { OrderedEntries } from './ordered-entries.ts';
import type { StoredDocument } from './stored-document.ts';

export class SecondaryIndex {
  readonly entries = new OrderedEntries();
  /** Some document has an array in an indexed field, so that one document may stand under several keys. */
  isMultikey = false;
  /** How many searches went along it, since when. */
  uses = 0;
  readonly since = new Date();
  readonly #extract: KeyExtractor;
  readonly #includes: (bytes: Buffer) => boolean;
  readonly #roots: readonly string[];

  constructor(public definition: IndexDefinition) {
    this.#extract = keyExtractor(definition);
    this.#roots = [...new Set(definition.fields.map(({ path }) => path.split('.')[0]!))];
    const { partialFilter, collation } = definition;
    // Whoever makes the index, and by whatever collation: what it is about goes by its own.
    const partial = partialFilter && withCollation(collation, () => compileFilter(partialFilter));
    this.#includes = partial ? (bytes) => partial(new RawFields(bytes)) : () => true;
  }

  /** The keys of a document, refused for parallel arrays. */
  keysOf(bytes: Buffer): readonly string[] {
    if (!this.#includes(bytes)) return [];
    const { keys, isMultikey } = this.#extract(bytes);
    this.isMultikey ||= isMultikey;
    return keys;
  }

  /** Another document that already has one of the keys, where no two may. */
  conflict(keys: readonly string[], self: StoredDocument | null): StoredDocument | null {
    const { unique, prepareUnique } = this.definition;
    if (!unique && !prepareUnique) return null;
    for (const key of keys) {
      const holder = this.entries.first(key);
      if (holder && holder !== self) return holder;
    }
    return null;
  }

  /** Whether a replacement leaves the entries as they are; cheap to ask, so it is asked first. */
  isUntouchedBy(before: Buffer, after: Buffer): boolean {
    return !this.definition.partialFilter && this.#roots.every((name) => hasSameBytes(before, after, name));
  }

  add(keys: readonly string[], document: StoredDocument): void {
    for (const key of keys) this.entries.add(key, document);
  }

  delete(keys: readonly string[], document: StoredDocument): void {
    for (const key of keys) this.entries.delete(key, document);
  }
}

const hasSameBytes = (before: Buffer, after: Buffer, name: string): boolean => {
  const left = findElement(before, name);
  const right = findElement(after, name);
  if (!left || !right) return left === right;
  return left.type === right.type && before.compare(after, right.at, right.end, left.at, left.end) === 0;
};
