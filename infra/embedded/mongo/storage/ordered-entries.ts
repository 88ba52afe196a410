import type { StoredDocument } from './stored-document.ts';

interface Block {
  keys: string[];
  documents: StoredDocument[];
}

/** From `low`, itself included, up to `high`, itself not; no `high` is no upper end. */
export interface Interval {
  readonly low: string;
  readonly high: string | null;
}

const fullBlock = 512;
const emptyBlock: Block = { keys: [], documents: [] };

/**
 * Entries in the order of their keys, then of their documents' insertion. Kept in blocks, so that an insertion anywhere
 * moves a few hundred entries at most, whatever the size.
 */
export class OrderedEntries {
  #blocks: Block[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(key: string, document: StoredDocument): void {
    this.#size++;
    const [blockIndex, at] = this.#place(key, document.sequence);
    const block = this.#blocks[blockIndex];
    if (!block) {
      this.#blocks.push({ keys: [key], documents: [document] });
      return;
    }
    block.keys.splice(at, 0, key);
    block.documents.splice(at, 0, document);
    if (block.keys.length > fullBlock) this.#split(blockIndex);
  }

  delete(key: string, document: StoredDocument): void {
    const [blockIndex, at] = this.#place(key, document.sequence);
    const block = this.#blocks[blockIndex];
    if (block?.documents[at] !== document || block.keys[at] !== key) return;
    this.#size--;
    block.keys.splice(at, 1);
    block.documents.splice(at, 1);
    if (block.keys.length === 0) this.#blocks.splice(blockIndex, 1);
  }

  /** The first document under exactly this key. */
  first(key: string): StoredDocument | undefined {
    const [blockIndex, at] = this.#place(key, -1);
    const block = this.#blocks[blockIndex];
    return block?.keys[at] === key ? block.documents[at] : undefined;
  }

  *ascending({ low, high }: Interval): Generator<StoredDocument> {
    let [blockIndex, at] = this.#place(low, -1);
    for (; blockIndex < this.#blocks.length; blockIndex++, at = 0) {
      const { keys, documents } = this.#blocks[blockIndex]!;
      for (; at < keys.length; at++) {
        if (high !== null && keys[at]! >= high) return;
        yield documents[at]!;
      }
    }
  }

  *descending({ low, high }: Interval): Generator<StoredDocument> {
    const last = this.#blocks.length - 1;
    let [blockIndex, at] = high === null ? [last, this.#blocks[last]?.keys.length ?? 0] : this.#place(high, -1);
    for (; blockIndex >= 0; at = this.#blocks[--blockIndex]?.keys.length ?? 0) {
      const { keys, documents } = this.#blocks[blockIndex] ?? emptyBlock;
      for (at--; at >= 0; at--) {
        if (keys[at]! < low) return;
        yield documents[at]!;
      }
    }
  }

  #split(blockIndex: number): void {
    const { keys, documents } = this.#blocks[blockIndex]!;
    const half = keys.length >> 1;
    this.#blocks.splice(blockIndex + 1, 0, { keys: keys.splice(half), documents: documents.splice(half) });
  }

  /** Where the entry stands, or would; past the end of the last block when it is the highest of all. */
  #place(key: string, sequence: number): [block: number, at: number] {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const block = this.#blocks[middle]!;
      if (isBefore(block, block.keys.length - 1, key, sequence)) low = middle + 1;
      else high = middle;
    }
    const block = this.#blocks[low];
    return [low, block ? placeInBlock(block, key, sequence) : 0];
  }
}

const placeInBlock = (block: Block, key: string, sequence: number): number => {
  let low = 0;
  let high = block.keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(block, middle, key, sequence)) low = middle + 1;
    else high = middle;
  }
  return low;
};

// eslint-disable-next-line max-params -- called in the innermost loop
const isBefore = (block: Block, at: number, key: string, sequence: number): boolean => {
  const own = block.keys[at]!;
  return own < key || (own === key && block.documents[at]!.sequence < sequence);
};
