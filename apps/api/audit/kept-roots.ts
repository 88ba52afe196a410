import { Heads, readRecords, type SignedRoot } from '@funnel/audit';

/** The ends of all streams as the newest root knows them; no root where none was signed yet. */
export const readNewestRoot = async (path: string): Promise<{ heads: Heads; root: SignedRoot | undefined }> => {
  const heads = new Heads();
  let newest: SignedRoot | undefined;
  for await (const { root, changes } of readRecords(path)) {
    for (const [stream, head] of changes) heads.set(stream, head);
    newest = root;
  }
  return { heads, root: newest };
};
