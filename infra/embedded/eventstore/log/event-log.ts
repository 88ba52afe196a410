import { GroupCommit } from './group-commit.ts';
import { GroupTable } from './group-table.ts';
import { openDataFolder, type DataFolder } from './open.ts';
import { Places } from './places.ts';
import { LogReader } from './reader.ts';
import { decodeReadEvent, type RecordedEvent } from './record.ts';
import type { ExpectedRevision } from './revisions.ts';
import { rowMessage, type Columns } from './row.ts';
import { prepareStatements, type Statements } from './statements.ts';
import { StreamStates } from './stream-states.ts';
import { systemEvents } from './system-events.ts';
import { Tail, type TailLimits } from './tail.ts';
import { LogWriter, type Append, type LogEnd, type Outcome } from './writer.ts';

/** Called exactly once, when the outcome is on disk, or with `failed` when nothing is known to be. */
export type Answer = (outcome: Outcome | { kind: 'failed'; cause: unknown }) => void;

const rememberedIds = 10_000;

/** The event log of one data folder. Synchronous inside, so one process, one thread, one order. */
export class EventLog {
  readonly reader: LogReader;
  readonly tail: Tail;
  /** The persistent subscriptions. */
  readonly groups: GroupTable;
  readonly #folder: DataFolder;
  readonly #writer: LogWriter;
  readonly #commits: GroupCommit;
  readonly #places: Places;

  /** Opens or creates the log. Throws a StartError. */
  constructor(dataFolder: string, tailLimits?: TailLimits) {
    this.#folder = openDataFolder(dataFolder);
    const { database } = this.#folder;
    const statements = prepareStatements(database);
    const places = (this.#places = new Places(database));
    const states = new StreamStates(statements, places);
    const newest = newestEvents(statements);
    const end: LogEnd = newest.at(-1) ?? { position: 0, created: 0 };
    this.#writer = new LogWriter({ statements, places, states }, end);
    for (const event of newest) this.#writer.remember(event);
    this.tail = new Tail(end.position, tailLimits);
    this.reader = new LogReader(statements, places, states);
    this.#commits = new GroupCommit(database, {
      committed: () => this.#publish(),
      rolledBack: () => this.#writer.rollBack(),
    });
    this.groups = new GroupTable(database, this.#commits);
    if (newest.length === 0) this.#writeSystemEvents();
  }

  /** Does something at the end of this turn, before the commit that what it appends shares; see GroupCommit. */
  beforehand(work: () => void): void {
    this.#commits.beforehand(work);
  }

  append(append: Append, answer: Answer): void {
    this.#run(() => this.#writer.append(append), answer);
  }

  delete(stream: string, expected: ExpectedRevision, answer: Answer): void {
    this.#run(() => this.#writer.delete(stream, expected), answer);
  }

  tombstone(stream: string, expected: ExpectedRevision, answer: Answer): void {
    this.#run(() => this.#writer.tombstone(stream, expected), answer);
  }

  /** Writes what waits and gives the data folder back. */
  close(): void {
    this.#commits.drain();
    this.#folder.close();
  }

  #run(work: () => Outcome, answer: Answer): void {
    this.#commits.run(work, answer, (cause) => answer({ kind: 'failed', cause }));
  }

  #publish(): void {
    const events = this.#writer.takeCommitted();
    if (events.length === 0) return;
    this.tail.push(events);
    this.#folder.watermark.advance(this.tail.last);
    if (this.#places.isSettlingDue) this.#settle();
  }

  /** With the next appends; should that fail, it is due again after them. */
  #settle(): void {
    const done = (): void => {};
    this.#commits.run(() => this.#places.settle(), done, done);
  }

  #writeSystemEvents(): void {
    for (const append of systemEvents()) this.append(append, () => {});
    this.#commits.flush();
  }
}

type RememberedEvent = Pick<RecordedEvent, 'id' | 'stream' | 'revision' | 'position' | 'created'>;

/** Oldest first; without the data, which may be large. */
const newestEvents = (statements: Statements): RememberedEvent[] => {
  const rows: Iterable<unknown> = statements.allBackwards.iterate(Number.MAX_SAFE_INTEGER, rememberedIds);
  return Array.from(rows as Iterable<Columns>, ([position, checksum, message]) => {
    const { id, stream, revision, created } = decodeReadEvent(rowMessage({ position, checksum, message }));
    return { id, stream, revision, position, created };
  }).reverse();
};
