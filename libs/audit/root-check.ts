import { finding, type Finding } from './findings.ts';
import type { Head, Heads } from './heads.ts';
import { changesHash, isSigned, noRoot, rootHash, type SignedRoot } from './root.ts';
import type { RootRecord } from './roots-file.ts';

/** Sees that roots follow each other and are signed with a key that is trusted: the given ones, or that of the first root. */
export class RootSequence {
  private last: SignedRoot | undefined;

  constructor(private keys: readonly string[] | undefined) {}

  take(root: SignedRoot): Finding[] {
    const { number } = root;
    this.keys ??= [root.key];
    const findings: Finding[] = [];
    if (!this.keys.includes(root.key)) {
      findings.push(finding('root-unsigned', { root: number, detail: `root ${number} was signed with another key` }));
    } else if (!isSigned(root)) {
      findings.push(finding('root-unsigned', { root: number, detail: `the signature of root ${number} is wrong` }));
    }
    const follows =
      number === (this.last ? this.last.number + 1 : 0) && root.previous === (this.last ? rootHash(this.last) : noRoot);
    if (!follows) {
      const before = this.last ? `root ${this.last.number}` : 'the beginning';
      findings.push(finding('root-out-of-order', { root: number, detail: `root ${number} does not follow ${before}` }));
    }
    this.last = root;
    return findings;
  }
}

/** The ids of the events that stand where streams end, for findings to name. */
export type Ends = ReadonlyMap<string, string>;

/** Compares the ends of streams as a root knows them with those of the log at the same place; `moved` since the last root. */
export const headFaults = ({ root, changes }: RootRecord, heads: Heads, moved: Ends): Finding[] => {
  const { number } = root;
  const known = [...changes].flatMap(([stream, head]) => endFault({ stream, head, number }, heads, moved) ?? []);
  const unknown = [...moved].flatMap(([stream, id]) => {
    if (changes.has(stream)) return [];
    const revision = heads.get(stream)?.revision ?? null;
    const detail = `${stream}@${revision} stands in the log before root ${number}, which does not know of it`;
    return [finding('event-unknown', { stream, revision, id, root: number, detail })];
  });
  if (changes.size !== root.changed || changesHash(changes) !== root.changes) {
    const detail = `the ends of streams kept with root ${number} are not those that it was made over`;
    return [finding('root-incomplete', { root: number, detail }), ...known, ...unknown];
  }
  return [...known, ...unknown];
};

const endFault = (
  { stream, head, number }: { stream: string; head: Head; number: number },
  heads: Heads,
  moved: Ends,
): Finding | undefined => {
  const stands = heads.get(stream) ?? { revision: -1, hash: '' };
  if (stands.revision === head.revision && stands.hash === head.hash) return undefined;
  const about = { stream, root: number };
  if (stands.revision < head.revision) {
    const ends = stands.revision < 0 ? 'is not there' : `ends at @${stands.revision}`;
    const detail = `${stream} ${ends}, though root ${number} knows of @${head.revision}`;
    return finding('stream-cut', { ...about, revision: head.revision, detail });
  }
  const { revision } = stands;
  const id = moved.get(stream) ?? null;
  const isSame = revision === head.revision;
  const detail = isSame
    ? `${stream}@${revision} is not the event that root ${number} knows: it or one before it was changed, and the chain made anew`
    : `${stream}@${revision} stands in the log before root ${number}, which knows of @${head.revision} at most`;
  return finding(isSame ? 'event-replaced' : 'event-unknown', { ...about, revision, id, detail });
};
