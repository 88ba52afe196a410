import { canonicalJson, formatInstant, formatPosition, type Position } from '@funnel/kernel';
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './event-hash.ts';
import type { Head, Heads } from './heads.ts';
import { MerkleTree } from './merkle.ts';

/** What was in the log at one moment: one hash over the ends of all streams, and one over those that moved since the last. */
export interface Root {
  /** From 0, without gaps. */
  readonly number: number;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** The last event that it covers, as `formatPosition` writes it. */
  readonly position: string;
  readonly streams: number;
  /** Of the Merkle tree over all streams in the order of their names; see {@link leafText}. */
  readonly tree: string;
  /** How many streams moved since the root before. */
  readonly changed: number;
  /** Hash over the ends of those; see {@link changesHash}. */
  readonly changes: string;
  /** Hash of the root before. */
  readonly previous: string;
}
export interface SignedRoot extends Root {
  /** Of the signer: Ed25519, SPKI, base64. */
  readonly key: string;
  /** Ed25519, base64, over everything else. */
  readonly signature: string;
}

/** A leaf of the tree: where one stream ends. */
export const leafText = (stream: string, { revision, hash }: Head): string => canonicalJson([stream, revision, hash]);

function* leavesOf(heads: Heads): Generator<string> {
  for (const stream of heads.sorted()) {
    const head = heads.get(stream);
    if (head) yield leafText(stream, head);
  }
}

export const treeOf = (heads: Heads): Promise<MerkleTree> => MerkleTree.over(leavesOf(heads), heads.size);

/** SHA-256 over the leaves of the streams that moved, one a line, in the order of their names. */
export const changesHash = (changes: ReadonlyMap<string, Head>): string => {
  const ordered = [...changes].sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(ordered.map(([stream, head]) => `${leafText(stream, head)}\n`).join(''));
};

/** What the first root names as the one before it. */
export const noRoot = sha256('funnel-ledger roots');
export const rootHash = (root: SignedRoot): string => sha256(canonicalJson(root));

interface Covered {
  readonly heads: Heads;
  /** The streams that moved since the last root. */
  readonly changes: ReadonlyMap<string, Head>;
  readonly last: SignedRoot | undefined;
  /** When it is made, in milliseconds since 1970. */
  readonly at: number;
  readonly position: Position;
}

/** The root that follows the last one. */
export const nextRoot = async ({ heads, changes, last, at, position }: Covered): Promise<Root> => ({
  number: last ? last.number + 1 : 0,
  at: formatInstant(at),
  position: formatPosition(position),
  streams: heads.size,
  tree: (await treeOf(heads)).root,
  changed: changes.size,
  changes: changesHash(changes),
  previous: last ? rootHash(last) : noRoot,
});

/** A signature of this key over anything else must not pass for that of a root. */
const signedBytes = (root: Root): Buffer => Buffer.from(`funnel-ledger root v1\n${canonicalJson(root)}`);

export const publicText = (key: KeyObject): string => {
  const open = key.type === 'private' ? createPublicKey(key) : key;
  return open.export({ type: 'spki', format: 'der' }).toString('base64');
};
export const publicPem = (text: string): string =>
  createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' })
    .export({ type: 'spki', format: 'pem' })
    .toString();

/** @throws for anything but a private Ed25519 key in PEM */
export const signingKey = (pem: string): KeyObject => {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`a key of type ${key.asymmetricKeyType}, not Ed25519`);
  return key;
};

/** The public keys of a PEM file, one or several, as roots name them. @throws for anything but Ed25519 keys */
export const publicKeys = (pem: string): string[] => {
  const blocks = pem.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  if (blocks.length === 0) throw new Error('no key in PEM');
  return blocks.map((block) => {
    const key = createPublicKey(block);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`a key of type ${key.asymmetricKeyType}, not Ed25519`);
    return publicText(key);
  });
};

export const signRoot = (root: Root, key: KeyObject): SignedRoot => {
  const claimed = { ...root, key: publicText(key) };
  return { ...claimed, signature: sign(null, signedBytes(claimed), key).toString('base64') };
};

/** Whether the key that a root names has signed it. */
export const isSigned = ({ signature, ...claimed }: SignedRoot): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(claimed.key, 'base64'), type: 'spki', format: 'der' });
    return verify(null, signedBytes(claimed), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
};
