import type { EventStore } from '@funnel/event-store';
import { History, takenAtOnce } from '@funnel/forecasting';
import {
  formatPosition,
  isReadable,
  logStart,
  parsePosition,
  type Position,
  type Recorded,
  type Stored,
} from '@funnel/kernel';
import type { SalesEvent } from '@funnel/sales';
import { inBatches } from '../exports/in-batches.ts';
import { EventFile } from './event-file.ts';
import { keepColumns, readColumns, type Seen } from './kept-columns.ts';
import { UnusableColumns } from './kept-file.ts';

interface Surroundings {
  readonly store: EventStore;
  /** Where the history is kept over restarts. */
  readonly path: string;
  /** What an operator should know. */
  readonly note: (text: string) => void;
}

/** So many new events at least, and such a part of all, are worth writing the columns again. */
const worthKeeping = { events: 1_000, part: 1 / 50 };

/** The history that forecasts are made from: read from the log as far as it goes, whenever somebody asks. */
export class KeptHistory {
  history: History;
  position: Position = logStart;
  unreadableEvents = 0;
  /** Events that were read from the log since the start. */
  eventsRead = 0;
  readonly #around: Surroundings;
  #last: Seen['last'] | undefined;
  #eventsKept = 0;
  #begun: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  #keeping: Promise<void> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.history = new History(undefined, EventFile.beside(around.path));
  }

  /**
   * Reads everything that is in the log by now. In one go and not event by event as it comes: nobody looks in between, and
   * the cores are the commands' first. @throws {StoreUnavailable}
   */
  async catchUp(): Promise<void> {
    // What is being read may end before what was written since it began.
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  /** Writes what there is for the next start, where enough of it is new. Failing costs only the time of that start. */
  async keep({ evenIfLittle = false } = {}): Promise<void> {
    const grown = this.eventsRead - this.#eventsKept;
    const isWorth = grown >= worthKeeping.events && grown >= this.history.rowCount * worthKeeping.part;
    if (grown === 0 || !(isWorth || evenIfLittle)) return;
    this.#keeping ??= this.#write().finally(() => (this.#keeping = undefined));
    await this.#keeping;
  }

  async #write(): Promise<void> {
    if (!this.#last) return;
    const { eventsRead, unreadableEvents } = this;
    const seen: Seen = { position: formatPosition(this.position), unreadableEvents, last: this.#last };
    try {
      await keepColumns(this.#around.path, this.history, seen);
      this.#eventsKept = eventsRead;
    } catch (error) {
      this.#around.note(`the history could not be kept in ${this.#around.path}: ${String(error)}`);
    }
  }

  async #read(): Promise<void> {
    this.#begun ??= this.#begin();
    await this.#begun.catch((error: unknown) => {
      this.#begun = undefined;
      throw error;
    });
    const events = this.#around.store.readAll({ after: this.position });
    for await (const some of inBatches(events, takenAtOnce)) this.#take(some);
  }

  #take(events: readonly Stored[]): void {
    const last = events.at(-1)!;
    const readable = events.filter(isReadable);
    this.history.addAll(readable as Recorded<SalesEvent>[]);
    this.unreadableEvents += events.length - readable.length;
    this.position = last.position;
    this.#last = { stream: last.stream, revision: last.revision, id: last.id };
    this.eventsRead += events.length;
  }

  /** Goes on from what was kept, if that came from this very log. */
  async #begin(): Promise<void> {
    const { path, note } = this.#around;
    const kept = await readColumns(path).catch((error: unknown) => {
      if (!(error instanceof UnusableColumns)) throw error;
      note(`the history kept in ${path} is not used: ${error.message}; it is read again from the log`);
      return undefined;
    });
    if (!kept) return;
    const position = parsePosition(kept.seen.position);
    if (!position || !(await this.#isInLog(kept.seen))) {
      kept.events.close();
      note(`the history kept in ${path} is not of this log; it is read again`);
      return;
    }
    this.history = kept.history;
    this.position = position;
    this.unreadableEvents = kept.seen.unreadableEvents;
    this.#last = kept.seen.last;
  }

  /** Whether the last event that was seen stands in the log where it stood. */
  async #isInLog({ last }: Seen): Promise<boolean> {
    for await (const event of this.#around.store.readStream(last.stream, last.revision)) return event.id === last.id;
    return false;
  }
}
