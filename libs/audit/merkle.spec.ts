import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { MerkleTree, rootOf } from './merkle.ts';

const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
/** Word by word what RFC 6962, 2.1 says. */
const byTheBook = (texts: readonly string[]): Buffer => {
  if (texts.length === 0) return sha256();
  if (texts.length === 1) return sha256(Buffer.from([0]), Buffer.from(texts[0] ?? ''));
  const half = 2 ** Math.floor(Math.log2(texts.length - 1));
  return sha256(Buffer.from([1]), byTheBook(texts.slice(0, half)), byTheBook(texts.slice(half)));
};
const treeOf = (texts: readonly string[]) => MerkleTree.over(texts, texts.length);

describe('the tree over the ends of all streams', () => {
  it('is that of RFC 6962, for any number of leaves', async () => {
    for (let leaves = 0; leaves < 40; leaves += 1) {
      const texts = Array.from({ length: leaves }, (_, index) => `deal-${index}`);
      expect((await treeOf(texts)).root).toBe(byTheBook(texts).toString('hex'));
    }
  });

  it('has a path from each leaf to the root, which proves that leaf and no other', async () => {
    const trees = fc
      .array(fc.string(), { minLength: 1, maxLength: 70 })
      .chain((texts) => fc.record({ texts: fc.constant(texts), leaf: fc.nat(texts.length - 1) }));
    await fc.assert(
      fc.asyncProperty(trees, async ({ texts, leaf }) => {
        const tree = await treeOf(texts);
        const inclusion = { leaf, leaves: texts.length, path: tree.pathOf(leaf) };
        expect(rootOf(texts[leaf] ?? '', inclusion)).toBe(tree.root);
        expect(rootOf(`${texts[leaf]}!`, inclusion)).not.toBe(tree.root);
        expect(rootOf(texts[leaf] ?? '', { ...inclusion, path: [...inclusion.path, tree.root] })).toBeUndefined();
      }),
    );
  });

  it('takes no leaf that is not in it', () => {
    expect(rootOf('deal-1', { leaf: 2, leaves: 2, path: [] })).toBeUndefined();
    expect(rootOf('deal-1', { leaf: 0, leaves: 2, path: [] })).toBeUndefined();
  });
});
