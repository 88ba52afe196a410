import { hash } from 'node:crypto';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

const size = 32;
/** Leaves and nodes are hashed apart (RFC 6962, 2.1), so that none passes for the other. */
const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);
/** Hashes made before others get their turn. */
const inOneGo = 5_000;

const leafOf = (text: string): Buffer => hash('sha256', Buffer.concat([leafMark, Buffer.from(text)]), 'buffer');
const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer');

const count = (level: Buffer): number => level.length / size;
const item = (level: Buffer, index: number): Buffer => level.subarray(index * size, (index + 1) * size);

/** The level above: pairs are hashed together, one that is left over moves up as it is. */
const above = async (level: Buffer): Promise<Buffer> => {
  const next = Buffer.alloc(Math.ceil(count(level) / 2) * size);
  for (let left = 0; left < count(level); left += 2) {
    const isPair = left + 1 < count(level);
    next.set(isPair ? nodeOf(item(level, left), item(level, left + 1)) : item(level, left), (left / 2) * size);
    if (left % inOneGo === 0) await turnOfTheLoop();
  }
  return next;
};

/** The Merkle tree of RFC 6962 over texts; hashes in hex. Built with breaks, so that a server stays answerable. */
export class MerkleTree {
  private constructor(private readonly levels: readonly Buffer[]) {}

  static async over(texts: Iterable<string>, total: number): Promise<MerkleTree> {
    const leaves = Buffer.alloc(total * size);
    let index = 0;
    for (const text of texts) {
      leaves.set(leafOf(text), index * size);
      index += 1;
      if (index % inOneGo === 0) await turnOfTheLoop();
    }
    const levels: Buffer[] = [leaves];
    for (let level: Buffer = leaves; count(level) > 1;) {
      level = await above(level);
      levels.push(level);
    }
    return new MerkleTree(levels);
  }

  /** Of no leaves at all: the hash of nothing. */
  get root(): string {
    const top = this.levels.at(-1);
    return top?.length ? top.toString('hex') : hash('sha256', '');
  }

  /** The hashes that lead from a leaf to the root, the lowest first. */
  pathOf(leaf: number): string[] {
    const path: string[] = [];
    let index = leaf;
    for (const level of this.levels.slice(0, -1)) {
      const beside = index ^ 1;
      if (beside < count(level)) path.push(item(level, beside).toString('hex'));
      index >>= 1;
    }
    return path;
  }
}

/** Where a leaf stands in a tree, and what leads from there to the root. */
export interface Inclusion {
  readonly leaf: number;
  readonly leaves: number;
  readonly path: readonly string[];
}

/** The root that a leaf and its path give; `undefined` where the path does not fit the tree. */
export const rootOf = (text: string, { leaf, leaves, path }: Inclusion): string | undefined => {
  if (leaf < 0 || leaf >= leaves) return undefined;
  const left = [...path];
  let node = leafOf(text);
  for (let index = leaf, last = leaves - 1; last > 0; index >>= 1, last >>= 1) {
    if (index === last && index % 2 === 0) continue;
    const beside = left.shift();
    if (beside === undefined) return undefined;
    const sibling = Buffer.from(beside, 'hex');
    node = index % 2 === 0 ? nodeOf(node, sibling) : nodeOf(sibling, node);
  }
  return left.length === 0 ? node.toString('hex') : undefined;
};
