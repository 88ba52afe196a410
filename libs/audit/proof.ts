import { z } from 'zod';
import { Chain } from './chain.ts';
import { hashOf, type SealedEvent } from './event-hash.ts';
import { Heads, type Head } from './heads.ts';
import { rootOf } from './merkle.ts';
import { signedRoot } from './root-events.ts';
import { isSigned, leafText, treeOf, type SignedRoot } from './root.ts';

const sealedEvent = z.object({
  id: z.string(),
  stream: z.string(),
  revision: z.int(),
  type: z.string(),
  data: z.unknown(),
  metadata: z.unknown(),
});
const version = z.literal('funnel-ledger proof v1', 'a proof of Funnel Ledger, format "funnel-ledger proof v1"');

/** The history of one stream as it stood when a root was signed, with all that is needed to see that for oneself. */
export const streamProof = z.object({
  format: version,
  stream: z.string(),
  /** All of them up to the root, as they are stored. */
  events: z.array(sealedEvent).min(1),
  /** From the end of the stream up to the root, as RFC 6962 has it. */
  inclusion: z.object({ leaf: z.int(), leaves: z.int(), path: z.array(z.string()) }),
  root: signedRoot,
});
export type StreamProof = z.infer<typeof streamProof>;

interface Sealing {
  readonly stream: string;
  /** All events of the stream, also those behind the root. */
  readonly events: readonly SealedEvent[];
  /** The ends of all streams as the root knows them. */
  readonly heads: Heads;
  readonly root: SignedRoot;
}

/** `undefined` where the root does not know the stream. */
export const proofOf = async ({ stream, events, heads, root }: Sealing): Promise<StreamProof | undefined> => {
  const head = heads.get(stream);
  if (!head) return undefined;
  const tree = await treeOf(heads);
  const leaf = heads.sorted().indexOf(stream);
  return {
    format: version.value,
    stream,
    events: events.filter(({ revision }) => revision <= head.revision),
    inclusion: { leaf, leaves: heads.size, path: tree.pathOf(leaf) },
    root,
  };
};

/** What is wrong with a proof, a sentence each; nothing when it proves what it says. Keys: those that are trusted. */
export const proofFaults = (proof: StreamProof, keys?: readonly string[]): string[] => [
  ...historyFaults(proof),
  ...sealFaults(proof),
  ...signatureFaults(proof.root, keys),
];

const historyFaults = ({ stream, events }: StreamProof): string[] => {
  const chain = new Chain(new Heads());
  const strange = events.filter((event) => event.stream !== stream);
  return [
    ...strange.map((event) => `${event.stream}@${event.revision} is no event of ${stream}`),
    ...events.flatMap((event) => chain.take(event)?.detail ?? []),
  ];
};

const sealFaults = ({ stream, events, inclusion, root }: StreamProof): string[] => {
  const last = events.at(-1);
  const head: Head = { revision: last?.revision ?? -1, hash: last ? hashOf(last) : '' };
  const isSealed = inclusion.leaves === root.streams && rootOf(leafText(stream, head), inclusion) === root.tree;
  return isSealed ? [] : [`${stream} did not end with this event when root ${root.number} was signed`];
};

const signatureFaults = (root: SignedRoot, keys: readonly string[] | undefined): string[] => {
  if (keys && !keys.includes(root.key)) return [`root ${root.number} was signed with another key than the one given`];
  return isSigned(root) ? [] : [`the signature of root ${root.number} is wrong`];
};
