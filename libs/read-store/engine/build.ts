import type { Position } from '@funnel/kernel';
import { buildId, type BuildId } from '../build-id.ts';
import { readPosition } from '../checkpoint.ts';
import { acquire, heldBy, type Lease } from '../lease.ts';
import type { CheckpointDocument, ParkedDocument, Tables } from '../tables.ts';
import type { AnyProjection, Engine } from './engine.ts';
import { RowCache } from './row-cache.ts';

const rowsInMemory = 5_000;

/** One build of a view that this run may write, and what it knows about it. */
export interface Build {
  readonly id: BuildId;
  readonly projection: AnyProjection;
  readonly lease: Lease;
  readonly rows: RowCache;
  /** Streams it holds back. */
  readonly parked: Map<string, ParkedDocument>;
  /** Everything up to here is stored. */
  position: Position;
  /** Whether its reader stands at the live edge and everything read is stored. */
  current: boolean;
}

export const targetOf = ({ name, version }: AnyProjection, rebuild: number): BuildId => buildId(name, version, rebuild);

/** Whether events of this stream feed the view. */
export const listensTo = ({ streams }: AnyProjection, stream: string): boolean =>
  streams.some((prefix) => stream.startsWith(prefix));

/** Empties the collection, which may hold rows of a lost store. */
const prepare = async (tables: Tables, { _id, collection, epoch, holder }: CheckpointDocument) => {
  await tables.rows(collection).drop();
  await tables.parked.deleteMany({ build: _id });
  await tables.checkpoints.updateOne(heldBy({ key: _id, epoch, holder: holder ?? '' }), { $set: { prepared: true } });
};

/** An index that a view has got since it was built changes no meaning, so it asks for no new version. */
const giveIndexes = async (tables: Tables, { indexes = [], heldByReaders }: AnyProjection, { collection }: BuildId) => {
  const wanted = heldByReaders ? [...indexes, { 'seen.place': 1 } as const] : indexes;
  for (const index of wanted) await tables.rows(collection).createIndex({ ...index });
};

/** Takes the lease of a build and makes it ready to go on; `null` while another run holds it. */
export const open = async (
  { tables, claim, tell }: Engine,
  projection: AnyProjection,
  id: BuildId,
): Promise<Build | null> => {
  const checkpoint = await acquire(tables, id, claim);
  if (!checkpoint) return null;
  if (!checkpoint.prepared) await prepare(tables, checkpoint);
  await giveIndexes(tables, projection, id);
  const parked = await tables.parked.find({ build: id.key }).toArray();
  tell({ kind: 'lease-taken', build: id.key });
  return {
    ...{ id, projection, lease: { key: id.key, epoch: checkpoint.epoch, holder: claim.holder } },
    ...{ rows: new RowCache(rowsInMemory), parked: new Map(parked.map((entry) => [entry.stream, entry])) },
    ...{ position: readPosition(checkpoint), current: false },
  };
};
