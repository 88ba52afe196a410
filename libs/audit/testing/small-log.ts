import { generateKeyPairSync } from 'node:crypto';
import { genesisOf, hashOf, type SealedEvent } from '../event-hash.ts';
import { Heads, type Head } from '../heads.ts';
import { rootsStream } from '../root-events.ts';
import { nextRoot, publicText, signRoot, type SignedRoot } from '../root.ts';
import type { RootRecord } from '../roots-file.ts';
import { verifyLog, type Sealed, type Verdict } from '../verify.ts';

export const keyPair = () => generateKeyPairSync('ed25519').privateKey;
const positionOf = (number: number) => ({ commit: BigInt(number), prepare: BigInt(number) });

/** A log that anybody can write into, as who holds the database can. Roots are kept beside it. */
export class SmallLog {
  readonly events: SealedEvent[] = [];
  readonly records: RootRecord[] = [];
  readonly key = keyPair();

  /** Appends as the product does, each event linked to the one before it. */
  append(stream: string, ...data: readonly object[]): void {
    for (const each of data) this.events.push(this.linked(stream, each));
  }

  /** Appends as the product did before there was a chain. */
  appendUnchained(stream: string, data: object): void {
    const { metadata: _, ...event } = this.linked(stream, data);
    this.events.push({ ...event, metadata: { actor: 'mei' } });
  }

  async sign(): Promise<SignedRoot> {
    const heads = new Heads();
    for (const event of this.events) heads.set(event.stream, this.headOf(event));
    const last = this.records.at(-1)?.root;
    const from = Number(last?.position ?? 0);
    const changes = new Map(this.events.slice(from).map((event) => [event.stream, this.headOf(event)] as const));
    const covered = { heads, changes, last, at: Date.UTC(2026, 6, 1), position: positionOf(this.events.length) };
    const root = signRoot(await nextRoot(covered), this.key);
    this.records.push({ root, changes });
    this.append(rootsStream, root);
    return root;
  }

  /** Changes one event in place. */
  change(index: number, change: Partial<SealedEvent>): void {
    const event = this.events[index];
    if (!event) throw new Error(`there is no event ${index}`);
    this.events[index] = { ...event, ...change };
  }

  /** Links all events of a stream anew, as who knows how the chain is made can. */
  relink(stream: string): void {
    let hash = genesisOf(stream);
    this.events.forEach((event, index) => {
      if (event.stream !== stream) return;
      this.events[index] = { ...event, metadata: { ...(event.metadata as object), previous: hash } };
      hash = hashOf(this.events[index]);
    });
  }

  async verify(asked: { records?: RootRecord[]; keys?: readonly string[] | 'none' } = {}): Promise<Verdict> {
    const { records = this.records, keys = [publicText(this.key)] } = asked;
    return verifyLog({ log: this.log(), records: inTurn(records), keys: keys === 'none' ? undefined : keys });
  }

  private async *log(): AsyncGenerator<Sealed> {
    for (const [index, event] of this.events.entries()) yield { position: positionOf(index + 1), event };
  }

  private linked(stream: string, data: object): SealedEvent {
    const before = this.events.findLast((event) => event.stream === stream);
    const revision = before ? before.revision + 1 : 0;
    const previous = before ? hashOf(before) : genesisOf(stream);
    const id = `${stream}/${this.events.length}`;
    return { id, stream, revision, type: 'Noted', data, metadata: { actor: 'mei', previous } };
  }

  private headOf(event: SealedEvent): Head {
    return { revision: event.revision, hash: hashOf(event) };
  }
}

export async function* inTurn<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
