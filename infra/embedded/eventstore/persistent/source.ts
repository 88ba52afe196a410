import type { EventFilter } from '../filter.ts';
import type { EventLog } from '../log/event-log.ts';
import { pageSize, type Page } from '../log/reader.ts';
import { decodeReadEvent, type RecordedEvent } from '../log/record.ts';

/** An event of the log that a group may want. */
export type SourceEvent = Pick<RecordedEvent, 'id' | 'stream' | 'type' | 'revision' | 'position'> & { message: Buffer };

export interface Wanted {
  event: SourceEvent;
  /** Its revision in a group on a stream, its position in a group on everything. */
  place: number;
}

/** What there was between two calls, in the order of the log: events, and how many were left out. */
export type Step = Wanted | { place: number; passed: number };

/** Where the events of a group come from: the database while it catches up, memory while it is live. */
export interface Source {
  /** Nothing is left in the log. */
  readonly isAtEnd: boolean;
  /** The next steps with at most so many events. Throws TombstonedStream, DamagedLog. */
  next(limit: number): Step[];
}

/** The stream was deleted for ever: it cannot be read any more. Who is live gets its tombstone as its last event. */
export class TombstonedStream extends Error {
  override readonly name = 'TombstonedStream';
}

/** Everything that the filter lets through. */
export class AllSource implements Source {
  readonly #log: EventLog;
  readonly #isWanted: (event: SourceEvent) => boolean;
  /** The last position considered. */
  #cursor: number;

  constructor(log: EventLog, after: number, isWanted: (event: SourceEvent) => boolean) {
    this.#log = log;
    this.#cursor = after;
    this.#isWanted = isWanted;
  }

  get isAtEnd(): boolean {
    return this.#cursor >= this.#log.tail.last;
  }

  next(limit: number): Step[] {
    const steps: Step[] = [];
    let passed = 0;
    let wanted = 0;
    for (const event of this.#considered()) {
      if (wanted === limit) break;
      this.#cursor = event.position;
      if (!this.#isWanted(event)) {
        passed++;
        continue;
      }
      wanted++;
      if (passed > 0) steps.push({ place: event.position - 1, passed });
      passed = 0;
      steps.push({ event, place: event.position });
    }
    if (passed > 0) steps.push({ place: this.#cursor, passed });
    return steps;
  }

  #considered(): Iterable<SourceEvent> {
    return this.#log.tail.after(this.#cursor) ?? decoded(this.#log.reader.allForwards(this.#cursor + 1));
  }
}

export class StreamSource implements Source {
  readonly #log: EventLog;
  readonly #stream: string;
  /** The last revision considered. */
  #revision: number;
  /** Up to here, all of the log was considered; undefined while there are pages left in the database. */
  #position: number | undefined;

  constructor(log: EventLog, after: number, stream: string) {
    this.#log = log;
    this.#stream = stream;
    this.#revision = after;
  }

  get isAtEnd(): boolean {
    return this.#position !== undefined && this.#position >= this.#log.tail.last;
  }

  next(limit: number): Step[] {
    const live = this.#position === undefined ? undefined : this.#log.tail.after(this.#position);
    return live ? this.#live(live, limit) : this.#catchUp(Math.min(limit, pageSize));
  }

  #live(events: readonly SourceEvent[], limit: number): Step[] {
    const steps: Step[] = [];
    for (const event of events) {
      if (steps.length === limit) break;
      this.#position = event.position;
      if (event.stream !== this.#stream || event.revision <= this.#revision) continue;
      this.#revision = event.revision;
      steps.push({ event, place: event.revision });
    }
    return steps;
  }

  #catchUp(limit: number): Step[] {
    const { reader, tail } = this.#log;
    const page = reader.streamForwards(this.#stream, this.#revision + 1, limit);
    const standing = reader.standing(this.#stream);
    if (standing.kind === 'tombstoned') throw new TombstonedStream();
    // Whatever the page does not show of what is there is hidden; the rest comes live.
    const last = standing.kind === 'readable' ? standing.last : -1;
    this.#position = page.next === undefined ? tail.last : undefined;
    this.#revision = Math.max(this.#revision, page.next === undefined ? last : page.next - 1);
    return [...decoded(page)].map((event) => ({ event, place: event.revision }));
  }
}

/** One at a time, as reading them costs more than fetching them. */
function* decoded({ events }: Page): Iterable<SourceEvent> {
  for (const { message } of events) {
    const { id, stream, type, revision, position } = decodeReadEvent(message);
    yield { id, stream, type, revision, position, message };
  }
}

/** What a group with this filter on everything wants, of what is not hidden from it. */
export const wantedBy =
  (filter: EventFilter | undefined, isHidden: (stream: string) => boolean) =>
  (event: SourceEvent): boolean =>
    !isHidden(event.stream) && (!filter || filter.matches(event[filter.on]));
