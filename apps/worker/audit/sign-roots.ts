import {
  appendRecord,
  changesHash,
  hashOf,
  Heads,
  nextRoot,
  readRecords,
  roots,
  rootsStream,
  signedRoot,
  signRoot,
  treeOf,
  type Head,
  type SignedRoot,
} from '@funnel/audit';
import type { EventStore } from '@funnel/event-store';
import { comparePositions, isReadable, parsePosition, type Position } from '@funnel/kernel';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyObject } from 'node:crypto';

export interface Signer {
  readonly log: Pick<EventStore, 'sealedLog' | 'readStream' | 'execute'>;
  /** The file that roots are kept in outside the log. */
  readonly path: string;
  readonly key: KeyObject;
  readonly now: () => number;
}

/** What the file knows of the log. */
interface Kept {
  readonly heads: Heads;
  last: SignedRoot | undefined;
}

/**
 * Signs what came into the log since the last root, and keeps that root in the log and in the file; `undefined` where
 * nothing came. A root that is in the log alone, after a crash or by another worker, is first put into the file too.
 * @throws where file and log contradict each other: such a log gets no further root
 */
export const signRoots = async (signer: Signer, signal?: AbortSignal): Promise<SignedRoot | undefined> => {
  await mkdir(dirname(signer.path), { recursive: true });
  const kept = await readKept(signer.path);
  await fileUnfiled(signer, kept);
  const { changes, end } = await movedBehind(signer, kept, { signal });
  const isNews = [...changes.keys()].some((stream) => stream !== rootsStream);
  if (!isNews || !end || signal?.aborted) return undefined;
  const at = signer.now();
  const covered = { heads: withChanges(kept, changes), changes, last: kept.last, at, position: end };
  const root = signRoot(await nextRoot(covered), signer.key);
  return (await tellLog(signer, root)) ? fileRoot(signer, root, changes) : undefined;
};

const readKept = async (path: string): Promise<Kept> => {
  const kept: Kept = { heads: new Heads(), last: undefined };
  for await (const { root, changes } of readRecords(path)) {
    const isNext = root.number === (kept.last ? kept.last.number + 1 : 0);
    if (!isNext || changesHash(changes) !== root.changes) throw new Error(`${path} is damaged at root ${root.number}`);
    withChanges(kept, changes);
    kept.last = root;
  }
  return kept;
};

const withChanges = ({ heads }: Kept, changes: ReadonlyMap<string, Head>): Heads => {
  for (const [stream, head] of changes) heads.set(stream, head);
  return heads;
};

const endOf = (root: SignedRoot | undefined): Position | undefined => root && parsePosition(root.position);

/** The ends of the streams that moved since the last root. */
const movedBehind = async (
  { log }: Signer,
  { last }: Kept,
  { until, signal }: { until?: Position | undefined; signal?: AbortSignal | undefined },
): Promise<{ changes: Map<string, Head>; end: Position | undefined }> => {
  const after = endOf(last);
  const changes = new Map<string, Head>();
  let end: Position | undefined;
  for await (const { position, event } of log.sealedLog({ ...(after && { after }), ...(signal && { signal }) })) {
    if (until && comparePositions(position, until) > 0) break;
    changes.set(event.stream, { revision: event.revision, hash: hashOf(event) });
    end = position;
  }
  return { changes, end };
};

const fileUnfiled = async (signer: Signer, kept: Kept): Promise<void> => {
  for await (const event of signer.log.readStream(rootsStream, kept.last ? kept.last.number + 1 : 0)) {
    if (!isReadable(event)) throw event.unreadable;
    const root = signedRoot.parse(event.data);
    const { changes } = await movedBehind(signer, kept, { until: endOf(root) });
    const tree = await treeOf(withChanges(kept, changes));
    if (tree.root !== root.tree) throw new Error(`the log is not the one that root ${root.number} was made over`);
    kept.last = await fileRoot(signer, root, changes);
  }
};

/** Whether the log took it: another worker may have been faster. */
const tellLog = async ({ log }: Signer, root: SignedRoot): Promise<boolean> => {
  const at = Date.parse(root.at);
  const outcome = await log.execute({
    decider: roots,
    stream: rootsStream,
    command: root,
    context: { commandId: `sign root ${root.number}`, actor: { user: 'audit', role: 'system' }, at, recordedAt: at },
  });
  return outcome.kind === 'accepted' && !outcome.replayed;
};

const fileRoot = async (
  { path }: Signer,
  root: SignedRoot,
  changes: ReadonlyMap<string, Head>,
): Promise<SignedRoot> => {
  await appendRecord(path, { root, changes });
  return root;
};
