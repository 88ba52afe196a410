/** One document as it lies in its collection. A cursor may hold it after its removal, and then finds no bytes. */
export interface StoredDocument {
  /** Order of insertion. */
  readonly sequence: number;
  readonly idKey: string;
  /** Good until the next write, which may overwrite them in place; null once removed. */
  bytes: Buffer | null;
}
