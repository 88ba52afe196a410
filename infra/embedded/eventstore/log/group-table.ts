import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { GroupCommit } from './group-commit.ts';

/** A persistent subscription as it is kept. Places are revisions, or positions in a group on everything. */
export interface StoredGroup {
  stream: string;
  name: string;
  /** JSON. */
  definition: string;
  /** The place before the first event that the group wanted when it was made. */
  origin: number;
  /** The place up to which everything was handled. */
  checkpoint: number | null;
}

type Done = (failure?: { cause: unknown }) => void;

/**
 * The persistent subscriptions and how far they have come. Beside the log rather than in it, as a group that reads
 * everything would otherwise be kept busy by its own checkpoints.
 */
export class GroupTable {
  readonly #commits: GroupCommit;
  readonly #all: StatementSync;
  readonly #save: StatementSync;
  readonly #setCheckpoint: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync, commits: GroupCommit) {
    this.#commits = commits;
    this.#all = database.prepare(
      'SELECT stream, name, definition, origin, checkpoint FROM subscription_groups ORDER BY rowid',
    );
    this.#save = database.prepare(
      `INSERT INTO subscription_groups (stream, name, definition, origin, checkpoint) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (stream, name) DO UPDATE SET
         definition = excluded.definition, origin = excluded.origin, checkpoint = excluded.checkpoint`,
    );
    this.#setCheckpoint = database.prepare(
      'UPDATE subscription_groups SET checkpoint = ? WHERE stream = ? AND name = ?',
    );
    this.#remove = database.prepare('DELETE FROM subscription_groups WHERE stream = ? AND name = ?');
  }

  all(): StoredGroup[] {
    return this.#all.all() as unknown as StoredGroup[];
  }

  save({ stream, name, definition, origin, checkpoint }: StoredGroup, done: Done): void {
    this.#write(() => this.#save.run(stream, name, definition, origin, checkpoint), done);
  }

  setCheckpoint({ stream, name }: Pick<StoredGroup, 'stream' | 'name'>, checkpoint: number, done: Done): void {
    this.#write(() => this.#setCheckpoint.run(checkpoint, stream, name), done);
  }

  remove({ stream, name }: Pick<StoredGroup, 'stream' | 'name'>, done: Done): void {
    this.#write(() => this.#remove.run(stream, name), done);
  }

  /** In the same transaction as the appends of this turn of the event loop. */
  #write(work: () => unknown, done: Done): void {
    this.#commits.run(
      work,
      () => done(),
      (cause) => done({ cause }),
    );
  }
}
