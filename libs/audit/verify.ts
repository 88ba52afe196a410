import { comparePositions, parsePosition, type Position } from '@funnel/kernel';
import { Chain } from './chain.ts';
import { type SealedEvent } from './event-hash.ts';
import { finding, type Finding } from './findings.ts';
import { Heads } from './heads.ts';
import { signedRoot, rootsStream } from './root-events.ts';
import { headFaults, RootSequence } from './root-check.ts';
import { rootHash, treeOf, type SignedRoot } from './root.ts';
import type { RootRecord } from './roots-file.ts';

/** An event as it is stored, with its place in the log of all events. */
export interface Sealed {
  readonly position: Position;
  readonly event: SealedEvent;
}

export interface Verdict {
  readonly events: number;
  readonly streams: number;
  /** Events from before there was a chain: only roots vouch for them. */
  readonly unchained: number;
  /** How many roots vouch for the log, and the last of them. */
  readonly roots: number;
  readonly lastRoot: SignedRoot | null;
  /** Events behind the last root: the last of each stream could be cut off or changed without being missed. */
  readonly unsealed: number;
  /** Public key that all signatures were judged by, when none was given: that of the first root. */
  readonly claimedKey: string | null;
  readonly findings: readonly Finding[];
  /** How many there are, those not listed included. */
  readonly found: number;
}

const mostListed = 1_000;

interface Asked {
  readonly log: AsyncIterable<Sealed>;
  /** Kept where nobody who can change the log can change them; none to judge the log by itself. */
  readonly records: AsyncIterable<RootRecord>;
  /** Those that are trusted; the key of the first root where none are given. */
  readonly keys?: readonly string[] | undefined;
  readonly onProgress?: (events: number, position: Position) => void;
}

/** Reads the log once, from its beginning, and tells everything in it that was changed, taken out, put in or cut off. */
export const verifyLog = async (asked: Asked): Promise<Verdict> => new Verification(asked).run();

class Verification {
  private readonly heads = new Heads();
  private readonly chain = new Chain(this.heads);
  private readonly sequence: RootSequence;
  private readonly listed: Finding[] = [];
  private found = 0;
  /** Since the last root. */
  private moved = new Map<string, string>();
  private unsealed = 0;
  private lastRoot: SignedRoot | null = null;
  private rootCount = 0;
  private firstKey: string | null = null;
  /** Hashes of roots that were kept outside and not met in the log yet, by number. */
  private readonly expected = new Map<number, string>();

  constructor(private readonly asked: Asked) {
    this.sequence = new RootSequence(asked.keys);
  }

  async run(): Promise<Verdict> {
    const records = this.asked.records[Symbol.asyncIterator]();
    let next = await records.next();
    const pass = async (until: Position | undefined) => {
      while (!next.done && (!until || isBehind(until, next.value.root))) {
        const record = next.value;
        next = await records.next();
        await this.seal(record, next.done === true);
      }
    };
    for await (const sealed of this.asked.log) {
      if (!next.done && isBehind(sealed.position, next.value.root)) await pass(sealed.position);
      this.take(sealed);
    }
    await pass(undefined);
    for (const [number] of this.expected) {
      this.tell(finding('root-missing', { root: number, detail: `root ${number} was kept outside; the log lacks it` }));
    }
    return this.verdict();
  }

  private take({ position, event }: Sealed): void {
    this.tell(this.chain.take(event));
    this.moved.set(event.stream, event.id);
    this.unsealed += 1;
    if (event.stream === rootsStream) this.meet(event);
    this.asked.onProgress?.(this.chain.events, position);
  }

  /** A root in the log: the same as the one kept outside, or one that nobody has kept. */
  private meet({ data, stream, revision, id }: SealedEvent): void {
    const { success, data: root } = signedRoot.safeParse(data);
    if (success && this.expected.get(root.number) === rootHash(root)) return void this.expected.delete(root.number);
    const isKept = success && this.expected.has(root.number);
    if (isKept || !success) {
      const detail = `${stream}@${revision} is not the root that was kept outside`;
      this.tell(finding('event-replaced', { stream, revision, id, detail }));
      if (isKept) this.expected.delete(root.number);
      return;
    }
    this.firstKey ??= root.key;
    for (const fault of this.sequence.take(root)) this.tell(fault);
  }

  private async seal(record: RootRecord, isLast: boolean): Promise<void> {
    const { root } = record;
    this.firstKey ??= root.key;
    for (const fault of this.sequence.take(root)) this.tell(fault);
    const isNext = root.number === (this.lastRoot ? this.lastRoot.number + 1 : 0);
    const faults = isNext ? headFaults(record, this.heads, this.moved) : [unkept(root)];
    for (const fault of faults) this.tell(fault);
    this.expected.set(root.number, rootHash(root));
    // Each root's changes were compared with what moved; one tree over all of it shows that nothing slipped through.
    if (isLast && this.found === 0 && (await treeOf(this.heads)).root !== root.tree) {
      const detail = `the tree over all streams is not the one that root ${root.number} was made over`;
      this.tell(finding('root-differs', { root: root.number, detail }));
    }
    this.lastRoot = root;
    this.rootCount += 1;
    this.moved = new Map();
    this.unsealed = 0;
  }

  private tell(fault: Finding | undefined): void {
    if (!fault) return;
    this.found += 1;
    if (this.listed.length < mostListed) this.listed.push(fault);
  }

  private verdict(): Verdict {
    return {
      events: this.chain.events,
      streams: this.heads.size,
      unchained: this.chain.unchained,
      roots: this.rootCount,
      lastRoot: this.lastRoot,
      unsealed: this.unsealed,
      claimedKey: this.asked.keys ? null : this.firstKey,
      findings: this.listed,
      found: this.found,
    };
  }
}

const unkept = ({ number }: SignedRoot): Finding =>
  finding('root-out-of-order', { root: number, detail: `root ${number} was kept outside, the one before it was not` });

/** Whether a place in the log lies behind all that a root covers. */
const isBehind = (position: Position, root: SignedRoot): boolean => {
  const end = parsePosition(root.position);
  return end === undefined || comparePositions(position, end) > 0;
};
