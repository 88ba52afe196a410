import { keepBytes } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { type Compare, readCollation } from '../matching/collation.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { checkNewDocument, checkUpdated, idOf } from './document-shape.ts';
import { duplicateKey } from './duplicate-key.ts';
import { idIndexDefinition, type IndexDefinition } from './index-definition.ts';
import { SecondaryIndex } from './secondary-index.ts';
import type { StoredDocument } from './stored-document.ts';
import { checkValid, type CollectionOptions, readValidation, type Validation } from './validation.ts';

/** Documents in the order of their insertion, found by `_id`, and the indexes over them. Every method is atomic. */
export class Collection {
  readonly #byId = new Map<string, StoredDocument>();
  readonly #indexes = new Map<string, SecondaryIndex>();
  #idOrder: SecondaryIndex | null = null;
  #sequence = 0;
  readonly #since = new Date();
  /** How many searches looked documents up by `_id`. */
  idUses = 0;
  isDropped = false;
  #dataSize = 0;
  #options: CollectionOptions = {};
  #validation: Validation | null = null;
  #collation: Compare | undefined;
  readonly #watchers = new Set<() => void>();

  constructor(
    public namespace: string,
    readonly uuid: Uint8Array,
  ) {}

  get options(): CollectionOptions {
    return this.#options;
  }
  /** What is there already stays, whatever it is like. */
  set options(options: CollectionOptions) {
    if (options.collation !== this.#options.collation) this.#collation = readCollation(options.collation);
    this.#validation = withCollation(this.#collation, () => readValidation(options));
    this.#options = options;
  }

  /** Throws for a document that the collection was told not to take; `before` is what it replaces. */
  check(bytes: Buffer, before: Buffer | null = null): void {
    const validation = this.#validation;
    // Whoever writes, and by whatever collation: the rules are those of the collection.
    if (validation) withCollation(this.#collation, () => checkValid(validation, bytes, before));
  }

  /** By which texts are equal here, unless a command says otherwise. */
  get collation(): Compare | undefined {
    return this.#collation;
  }

  get idDefinition(): IndexDefinition {
    if (!this.#collation) return idIndexDefinition;
    const specification = { ...idIndexDefinition.specification, collation: this.#collation.specification };
    return { ...idIndexDefinition, specification, collation: this.#collation };
  }

  idKeyOf(bytes: Buffer): string {
    return this.#collation ? this.#collation.keyOf(idOf(bytes)) : orderKey(idOf(bytes));
  }

  get size(): number {
    return this.#byId.size;
  }
  get dataSize(): number {
    return this.#dataSize;
  }
  get indexes(): readonly SecondaryIndex[] {
    return [...this.#indexes.values()];
  }

  /** Each index, that over `_id` first, with how often it was used. */
  indexUses(): readonly Pick<SecondaryIndex, 'definition' | 'uses' | 'since'>[] {
    const uses = this.idUses + (this.#idOrder?.uses ?? 0);
    return [{ definition: this.idDefinition, uses, since: this.#since }, ...this.#indexes.values()];
  }

  documents(): Iterable<StoredDocument> {
    return this.#byId.values();
  }

  byIdKey(key: string): StoredDocument | undefined {
    return this.#byId.get(key);
  }

  /** All documents in the order of `_id`; made when first asked for, and kept from then on. */
  idOrder(): SecondaryIndex {
    if (!this.#idOrder) {
      this.#idOrder = new SecondaryIndex(this.idDefinition);
      for (const document of this.#byId.values()) this.#idOrder.entries.add(document.idKey, document);
    }
    return this.#idOrder;
  }

  /** Takes a complete document, `_id` first; refuses a second one of the same key in any unique index. */
  insert(bytes: Buffer): StoredDocument {
    checkNewDocument(bytes);
    const document: StoredDocument = { sequence: this.#sequence++, idKey: this.idKeyOf(bytes), bytes: null };
    if (this.#byId.has(document.idKey)) throw duplicateKey(this.namespace, idIndexDefinition, bytes);
    const entries = this.indexes.map((index) => ({ index, keys: this.#freeKeys(index, bytes, null) }));
    document.bytes = keepBytes(bytes);
    this.#byId.set(document.idKey, document);
    this.#idOrder?.entries.add(document.idKey, document);
    for (const { index, keys } of entries) index.add(keys, document);
    this.#dataSize += bytes.length;
    if (this.#options.capped) this.#makeRoom();
    this.#tell();
    return document;
  }

  /** Of a capped collection the oldest documents go. */
  #makeRoom(): void {
    const { size = Infinity, max = Infinity } = this.#options;
    for (const oldest of this.#byId.values()) {
      if (this.#dataSize <= size && this.size <= max) return;
      this.remove(oldest);
    }
  }

  /** Calls back once, when documents have come or the collection has gone, unless the function it gives back is called. */
  watch(callback: () => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  #tell(): void {
    for (const callback of this.#watchers) {
      this.#watchers.delete(callback);
      callback();
    }
  }

  /** Puts other content under the same `_id`, which the caller has made sure of; false when nothing changes. */
  replace(document: StoredDocument, bytes: Buffer): boolean {
    const before = document.bytes!;
    const sizeBefore = before.length;
    if (before.equals(bytes)) return false;
    checkUpdated(bytes);
    const entries: { index: SecondaryIndex; gone: readonly string[]; come: readonly string[] }[] = [];
    for (const index of this.#indexes.values()) {
      if (index.isUntouchedBy(before, bytes)) continue;
      entries.push({ index, gone: index.keysOf(before), come: this.#freeKeys(index, bytes, document) });
    }
    for (const { index, gone, come } of entries) {
      index.delete(gone, document);
      index.add(come, document);
    }
    document.bytes = keepBytes(bytes, before);
    this.#dataSize += bytes.length - sizeBefore;
    return true;
  }

  remove(document: StoredDocument): void {
    const bytes = document.bytes!;
    for (const index of this.#indexes.values()) index.delete(index.keysOf(bytes), document);
    this.#idOrder?.entries.delete(document.idKey, document);
    this.#byId.delete(document.idKey);
    this.#dataSize -= bytes.length;
    document.bytes = null;
  }

  /** Builds the index over what is there; a duplicate refuses it and leaves the collection as it was. */
  createIndex(definition: IndexDefinition): void {
    const index = new SecondaryIndex(definition);
    for (const document of this.#byId.values()) {
      index.add(this.#freeKeys(index, document.bytes!, null), document);
    }
    this.#indexes.set(definition.name, index);
  }

  /** The `_id` of documents that share a key, for each key that more than one has. */
  duplicatesIn(name: string): unknown[][] {
    const index = this.#indexes.get(name)!;
    const holders = new Map<string, unknown[]>();
    for (const { bytes } of this.#byId.values()) {
      for (const key of index.keysOf(bytes!)) {
        const known = holders.get(key);
        if (known) known.push(idOf(bytes!));
        else holders.set(key, [idOf(bytes!)]);
      }
    }
    return [...holders.values()].filter(({ length }) => length > 1);
  }

  /** Changes what an index is told to do beside ordering: its entries stay. */
  alterIndex(name: string, change: Partial<IndexDefinition>): void {
    const index = this.#indexes.get(name)!;
    index.definition = { ...index.definition, ...change };
  }

  dropIndex(name: string): void {
    this.#indexes.delete(name);
  }

  /** Cursors that still hold documents find them gone. */
  clear(): void {
    this.isDropped = true;
    for (const document of this.#byId.values()) document.bytes = null;
    this.#byId.clear();
    this.#tell();
  }

  #freeKeys(index: SecondaryIndex, bytes: Buffer, self: StoredDocument | null): readonly string[] {
    const keys = index.keysOf(bytes);
    if (index.conflict(keys, self)) throw duplicateKey(this.namespace, index.definition, bytes);
    return keys;
  }
}
