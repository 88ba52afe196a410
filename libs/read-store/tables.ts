import type { Collection, Db } from 'mongodb';
import { RowWrites } from './row-writes.ts';

/** How far one build of a view has come, and who may write it. One document a build, `_id` is the build's key. */
export interface CheckpointDocument {
  readonly _id: string;
  readonly view: string;
  readonly version: number;
  readonly rebuild: number;
  readonly collection: string;
  /** Grows at every take-over; a writer that knows an older one has lost the lease. */
  readonly epoch: number;
  readonly owner: string;
  /** The run that holds the lease; `null` when nobody does. */
  readonly holder: string | null;
  readonly expiresAt: number;
  /** Whether the collection has been emptied and given its indexes. */
  readonly prepared: boolean;
  readonly commit: string;
  readonly prepare: string;
  /** Record time of the last event seen; `null` before the first. */
  readonly recordedAt: number | null;
  /** When its reader last stood at the live edge of the log; `null` before the first time. */
  readonly currentAt: number | null;
  /** Why it cannot go on. */
  readonly fault?: string;
  /** Why it may not take the place of the build in force. */
  readonly blocked?: string;
}

/** Which build of a view is in force. `_id` is the view's name. */
export interface AliasDocument {
  readonly _id: string;
  readonly build: string;
  readonly collection: string;
  readonly version: number;
  readonly rebuild: number;
  readonly since: number;
}

/** A stream that one build holds back, from which event on and why. */
export interface ParkedDocument {
  readonly _id: string;
  readonly build: string;
  readonly view: string;
  readonly stream: string;
  readonly fromRevision: number;
  readonly eventId: string;
  readonly attempts: number;
  readonly error: string;
  readonly at: number;
  /** Somebody asked to try it again. */
  readonly release: boolean;
}

/** How often a view was asked to be rebuilt. `_id` is its name. */
export interface RebuildDocument {
  readonly _id: string;
  readonly count: number;
}

/** The event a row has last taken in. */
export interface Seen {
  readonly revision: number;
  /** The commit position as a number, so that what is new can be found in order. */
  readonly place: number;
}

/** A row as stored: its own fields beside these three, which a row must not use itself. */
export interface RowDocument {
  readonly _id: string;
  readonly seen: Seen;
  /** The row is no more, and stays away though its events come again. */
  readonly gone?: true;
  readonly [field: string]: unknown;
}

/** The collections of the read store. */
export interface Tables {
  readonly checkpoints: Collection<CheckpointDocument>;
  readonly aliases: Collection<AliasDocument>;
  readonly parked: Collection<ParkedDocument>;
  readonly rebuilds: Collection<RebuildDocument>;
  rows(collection: string): Collection<RowDocument>;
  writes(collection: string): RowWrites;
}

export const openTables = (db: Db): Tables => ({
  checkpoints: db.collection('view-checkpoints'),
  aliases: db.collection('view-aliases'),
  parked: db.collection('view-parked'),
  rebuilds: db.collection('view-rebuilds'),
  rows: (collection) => db.collection(collection),
  writes: (collection) => new RowWrites(db, collection),
});
