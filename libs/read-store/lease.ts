import { logStart } from '@funnel/kernel';
import type { BuildId } from './build-id.ts';
import { writePosition } from './checkpoint.ts';
import { isDuplicateKey } from './faults.ts';
import type { CheckpointDocument, Tables } from './tables.ts';

/**
 * The right to write one build of a view. It runs out unless renewed and then goes to the next who asks. Expiry is judged
 * by the clocks of the workers, which may differ; what keeps the rows right is the epoch.
 */
export interface Lease {
  readonly key: string;
  readonly epoch: number;
  readonly holder: string;
}
export interface Claim {
  readonly owner: string;
  readonly holder: string;
  readonly leaseMs: number;
}
type Checkpoints = Pick<Tables, 'checkpoints'>;

/** The filter under which a lease's holder writes its checkpoint: it matches nothing once the lease is lost. */
export const heldBy = ({ key, epoch, holder }: Lease) => ({ _id: key, epoch, holder });

export const isFree = ({ holder, expiresAt }: Pick<CheckpointDocument, 'holder' | 'expiresAt'>): boolean =>
  holder === null || expiresAt <= Date.now();

const taken = ({ owner, holder, leaseMs }: Claim) => ({
  $inc: { epoch: 1 },
  $set: { owner, holder, expiresAt: Date.now() + leaseMs },
});

const begin = async ({ checkpoints }: Checkpoints, id: BuildId, claim: Claim): Promise<CheckpointDocument | null> => {
  const { view, version, rebuild, collection, key } = id;
  const { owner, holder, leaseMs } = claim;
  const first: CheckpointDocument = {
    ...{ _id: key, view, version, rebuild, collection },
    ...{ epoch: 1, owner, holder, expiresAt: Date.now() + leaseMs },
    ...{ prepared: false, ...writePosition(logStart), recordedAt: null, currentAt: null },
  };
  try {
    await checkpoints.insertOne(first);
    return first;
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
};

/** Takes a free or expired lease, or begins a new checkpoint; `null` while somebody else holds it. */
export const acquire = async (tables: Checkpoints, id: BuildId, claim: Claim): Promise<CheckpointDocument | null> => {
  const free = { _id: id.key, $or: [{ holder: null }, { expiresAt: { $lte: Date.now() } }] };
  const update = { ...taken(claim), $unset: { fault: true, blocked: true } } as const;
  const found = await tables.checkpoints.findOneAndUpdate(free, update, { returnDocument: 'after' });
  return found ?? begin(tables, id, claim);
};

/** Takes a lease whoever holds it, so that its build stands still; answers where it stands. */
export const fence = async (tables: Checkpoints, key: string, claim: Claim): Promise<CheckpointDocument | null> =>
  tables.checkpoints.findOneAndUpdate({ _id: key }, taken(claim), { returnDocument: 'after' });

/** Those of the leases that are still held. */
export const stillHeld = async (tables: Checkpoints, leases: readonly Lease[]): Promise<ReadonlySet<string>> => {
  const keys = leases.map(({ key }) => key);
  const found = await tables.checkpoints
    .find({ _id: { $in: keys } }, { projection: { epoch: 1, holder: 1 }, batchSize: keys.length + 1 })
    .toArray();
  const current = new Map(found.map((checkpoint) => [checkpoint._id, checkpoint]));
  const isHeld = ({ key, epoch, holder }: Lease) =>
    current.get(key)?.epoch === epoch && current.get(key)?.holder === holder;
  return new Set(leases.filter(isHeld).map(({ key }) => key));
};

/** Updates the checkpoint of every lease that is still held and prolongs it; answers which those were. */
export const writeHeld = async <Held extends { readonly lease: Lease }>(
  tables: Checkpoints,
  builds: readonly Held[],
  { leaseMs, fields }: { readonly leaseMs: number; readonly fields: (build: Held) => Partial<CheckpointDocument> },
): Promise<ReadonlySet<string>> => {
  if (builds.length === 0) return new Set();
  const expiresAt = Date.now() + leaseMs;
  const writes = builds.map((build) => ({
    updateOne: { filter: heldBy(build.lease), update: { $set: { ...fields(build), expiresAt } } },
  }));
  const { matchedCount } = await tables.checkpoints.bulkWrite(writes, { ordered: false });
  if (matchedCount === builds.length) return new Set(builds.map(({ lease }) => lease.key));
  return stillHeld(
    tables,
    builds.map(({ lease }) => lease),
  );
};

/** Gives leases back at once. */
export const handBack = async (tables: Checkpoints, leases: readonly Lease[]): Promise<void> => {
  if (leases.length === 0) return;
  const update = { $set: { holder: null, expiresAt: 0 } };
  await tables.checkpoints.bulkWrite(
    leases.map((lease) => ({ updateOne: { filter: heldBy(lease), update } })),
    { ordered: false },
  );
};
