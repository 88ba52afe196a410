import type { Document } from '../bson/decode.ts';
import type { Compare } from '../matching/collation.ts';

export interface IndexField {
  readonly path: string;
  readonly descending: boolean;
  /** Searched for single values only: what is hashed has no order, and an array no hash. */
  readonly isHashed?: boolean;
}

export interface IndexDefinition {
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  /** Takes no more duplicates, and keeps those that are there. */
  readonly prepareUnique: boolean;
  readonly sparse: boolean;
  /** Only documents that match are indexed. */
  readonly partialFilter: Document | null;
  /** Documents go this many seconds after the date in the index's only field. */
  readonly expireAfterSeconds: number | null;
  /** Kept, but not used for searching. */
  readonly hidden: boolean;
  /** By which texts are equal; nobody searches along such an index, which has no order of theirs. */
  readonly collation?: Compare | undefined;
  /** As `listIndexes` gives it back. */
  readonly specification: Document;
}

export const idIndexDefinition: IndexDefinition = {
  name: '_id_',
  fields: [{ path: '_id', descending: false }],
  unique: true,
  prepareUnique: false,
  sparse: false,
  partialFilter: null,
  expireAfterSeconds: null,
  hidden: false,
  specification: { v: 2, key: { _id: 1 }, name: '_id_' },
};
