import { genesisOf, hashOf, previousOf, type SealedEvent } from './event-hash.ts';
import { finding, type Finding } from './findings.ts';
import type { Heads } from './heads.ts';

/** Follows the events of all streams in the order of the log and tells where a chain is broken. */
export class Chain {
  events = 0;
  /** From before there was a chain: nothing but a root vouches for them. */
  unchained = 0;
  /** Streams whose last event names no predecessor. */
  private readonly open = new Set<string>();

  constructor(private readonly heads: Heads) {}

  take(event: SealedEvent): Finding | undefined {
    this.events += 1;
    const { stream, revision } = event;
    const before = this.heads.get(stream);
    const expected = before ? before.revision + 1 : 0;
    if (revision < expected) return misplaced(event);
    const broken = this.linkFault(event, before?.hash ?? genesisOf(stream));
    this.heads.set(stream, { revision, hash: hashOf(event) });
    return revision > expected ? missing(event, expected) : broken;
  }

  private linkFault(event: SealedEvent, hash: string): Finding | undefined {
    const { stream, revision, id } = event;
    const previous = previousOf(event);
    if (previous !== undefined) this.open.delete(stream);
    if (previous === hash) return undefined;
    if (previous !== undefined) return broken(event);
    this.unchained += 1;
    const isBeginning = revision === 0 || this.open.has(stream);
    this.open.add(stream);
    if (isBeginning) return undefined;
    const detail = `${stream}@${revision} names no predecessor, though events before it do`;
    return finding('event-unchained', { stream, revision, id, detail });
  }
}

const misplaced = ({ stream, revision, id }: SealedEvent): Finding =>
  finding('event-misplaced', {
    ...{ stream, revision, id },
    detail: `${stream}@${revision} stands in the log behind a later event of its stream`,
  });

const missing = ({ stream, revision }: SealedEvent, expected: number): Finding => {
  const gap = revision - 1 === expected ? `${stream}@${expected} is` : `${stream}@${expected} to @${revision - 1} are`;
  return finding('event-missing', { stream, revision: expected, detail: `${gap} not there, though @${revision} is` });
};

const broken = ({ stream, revision, id }: SealedEvent): Finding => {
  const detail =
    revision === 0
      ? `${stream}@0 does not name the beginning of its stream as its predecessor: it was changed`
      : `${stream}@${revision} names another predecessor than @${revision - 1} as it stands: one of the two was changed`;
  return finding('link-broken', { stream, revision, id, detail });
};
