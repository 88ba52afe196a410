import type { DatabaseSync } from 'node:sqlite';
import { GroupCommit } from './group-commit.ts';
import { openDataFolder } from './open.ts';
import { LogReader } from './reader.ts';
import { decodeReadEvent } from './record.ts';
import type { ExpectedRevision } from './revisions.ts';
import { rowMessage, type Row } from './row.ts';
import { prepareStatements } from './statements.ts';
import { StreamStates } from './stream-states.ts';
import { systemEvents } from './system-events.ts';
import { Tail, type TailLimits } from './tail.ts';
import type { Watermark } from './watermark.ts';
import { LogWriter, type Append, type LogEnd, type Outcome } from './writer.ts';

/** Called exactly once, when the outcome is on disk, or with `failed` when nothing is known to be. */
export type Answer = (outcome: Outcome | { kind: 'failed'; cause: unknown }) => void;

const rememberedIds = 10_000;

/** The event log of one data folder. Synchronous inside, so one process, one thread, one order. */
export class EventLog {
  readonly reader: LogReader;
  readonly tail: Tail;
  readonly #database: DatabaseSync;
  readonly #writer: LogWriter;
  readonly #commits: GroupCommit;
  readonly #watermark: Watermark;

  /** Opens or creates the log. Throws a StartError. */
  constructor(dataFolder: string, tailLimits?: TailLimits) {
    const { database, watermark } = openDataFolder(dataFolder);
    this.#database = database;
    this.#watermark = watermark;
    const statements = prepareStatements(this.#database);
    const states = new StreamStates(statements);
    const newest = (statements.allBackwards.all(Number.MAX_SAFE_INTEGER, rememberedIds) as unknown as Row[]).reverse();
    this.#writer = new LogWriter(statements, states, endOf(newest));
    for (const row of newest) this.#writer.remember(decodeReadEvent(rowMessage(row)));
    this.tail = new Tail(endOf(newest).position, tailLimits);
    this.reader = new LogReader(statements, states);
    this.#commits = new GroupCommit(this.#database, {
      committed: () => this.#publish(),
      rolledBack: () => this.#writer.rollBack(),
    });
    if (newest.length === 0) this.#writeSystemEvents();
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
    this.#commits.flush();
    this.#watermark.close();
    this.#database.close();
  }

  #run(work: () => Outcome, answer: Answer): void {
    this.#commits.run(work, answer, (cause) => answer({ kind: 'failed', cause }));
  }

  #publish(): void {
    const events = this.#writer.takeCommitted();
    if (events.length === 0) return;
    this.tail.push(events);
    this.#watermark.advance(this.tail.last);
  }

  #writeSystemEvents(): void {
    for (const append of systemEvents()) this.append(append, () => {});
    this.#commits.flush();
  }
}

const endOf = (newest: Row[]): LogEnd => {
  const last = newest.at(-1);
  return last
    ? { position: last.position, created: decodeReadEvent(rowMessage(last)).created }
    : { position: 0, created: 0 };
};
