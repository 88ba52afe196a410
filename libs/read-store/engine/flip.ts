import { isAfter, readPosition } from '../checkpoint.ts';
import { fence, heldBy } from '../lease.ts';
import type { AliasDocument, CheckpointDocument, Tables } from '../tables.ts';
import type { Build } from './build.ts';
import type { Engine } from './engine.ts';

const aliasTo = ({ id }: Build): Omit<AliasDocument, '_id'> => {
  const { key, collection, version, rebuild } = id;
  return { build: key, collection, version, rebuild, since: Date.now() };
};

/** Puts the first build of a view in force, so that it can be read while it fills. */
export const putInForce = async ({ aliases }: Tables, build: Build): Promise<void> => {
  await aliases.updateOne({ _id: build.id.view }, { $setOnInsert: aliasTo(build) }, { upsert: true });
};

const hasRows = async (tables: Tables, collection: string): Promise<boolean> =>
  (await tables.rows(collection).findOne({ gone: { $exists: false } }, { projection: { _id: 1 } })) !== null;

const parkedStreams = async ({ parked }: Tables, build: string): Promise<Set<string>> =>
  new Set((await parked.find({ build }, { projection: { stream: 1 } }).toArray()).map(({ stream }) => stream));

/** Why the new build may not take the place of the old one; `undefined` where it may. */
const objection = async (tables: Tables, old: AliasDocument, fresh: Build): Promise<string | undefined> => {
  const parkedBefore = await parkedStreams(tables, old.build);
  const worse = [...fresh.parked.keys()].filter((stream) => !parkedBefore.has(stream));
  if (worse.length) return `it holds back ${worse.length} stream(s) that ${old.build} does not, such as ${worse[0]}`;
  const isEmptied = (await hasRows(tables, old.collection)) && !(await hasRows(tables, fresh.id.collection));
  return isEmptied ? `it has no rows, ${old.build} has some` : undefined;
};

const block = async ({ tables, tell }: Engine, build: Build, reason: string): Promise<void> => {
  const { matchedCount } = await tables.checkpoints.updateOne(
    { ...heldBy(build.lease), blocked: { $ne: reason } },
    { $set: { blocked: reason } },
  );
  if (matchedCount) tell({ kind: 'blocked', build: build.id.key, reason });
};

/**
 * Lets a caught-up build take the place of the one in force, in one write. The old one is fenced first: it stands still, so
 * that whoever has read an event's effect in the old rows finds it in the new ones too.
 */
export const flip = async (engine: Engine, fresh: Build): Promise<void> => {
  const { tables, claim, tell } = engine;
  const old = await tables.aliases.findOne({ _id: fresh.id.view });
  if (!old || old.build === fresh.id.key) return;
  const stood = await tables.checkpoints.findOne({ _id: old.build });
  const isComparable = stood !== null && stood.fault === undefined;
  const reason = isComparable ? await objection(tables, old, fresh) : undefined;
  if (reason !== undefined) return block(engine, fresh, reason);
  if (isComparable) {
    const fenced = await fence(tables, old.build, claim);
    if (fenced && isAfter(readPosition(fenced), fresh.position)) return;
  }
  const { matchedCount } = await tables.aliases.updateOne({ _id: old._id, build: old.build }, { $set: aliasTo(fresh) });
  if (matchedCount) tell({ kind: 'flipped', build: fresh.id.key });
};

/** Drops the rows of a build that another has replaced, and forgets it. */
export const dropBuild = async ({ tables, tell }: Engine, { _id, collection }: CheckpointDocument): Promise<void> => {
  await tables.rows(collection).drop();
  await tables.parked.deleteMany({ build: _id });
  await tables.checkpoints.deleteOne({ _id });
  tell({ kind: 'dropped', build: _id });
};
