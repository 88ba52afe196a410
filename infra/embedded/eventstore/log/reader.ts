import { behindHidden, hiddenPrefix, showsEach, showsNoHidden, type IsShown } from './hidden.ts';
import { decodeReadEvent, tombstoneRevision } from './record.ts';
import type { Place, Places } from './places.ts';
import { firstVisible, isSoftDeleted, oldestVisible } from './retention.ts';
import { rowMessage, type Columns, type Row } from './row.ts';
import type { Statements } from './statements.ts';
import type { StreamStates } from './stream-states.ts';

/** Rows read at a time: a page is held in memory while the reader's connection drains it, */
export const pageSize = 64;
/** so it ends early where the events are large. */
const pageBytes = 1024 * 1024;

export interface Page {
  events: { position: number; message: Buffer }[];
  /** Where the next page begins; undefined at the end. */
  next?: number;
}

export type StreamStanding =
  { kind: 'missing' } | { kind: 'tombstoned' } | { kind: 'readable'; id: number; last: number; first: number };

/** Reads the log in pages; never holds a transaction open between two. */
export class LogReader {
  readonly #statements: Statements;
  readonly #places: Places;
  readonly #states: StreamStates;

  constructor(statements: Statements, places: Places, states: StreamStates) {
    this.#statements = statements;
    this.#places = places;
    this.#states = states;
  }

  /** Forwards from a position, inclusive. */
  allForwards(from: number, limit = pageSize): Page {
    const rows = this.#statements.allForwards.iterate(clamp(from), limit);
    return page(rows, limit, ({ position }) => position + 1);
  }

  /** Backwards from a position, exclusive. */
  allBackwards(before: number, limit = pageSize): Page {
    const rows = this.#statements.allBackwards.iterate(clamp(before), limit);
    return page(rows, limit, ({ position }) => position);
  }

  /** For whoever shows what they read of everything; asked for page by page, it costs the less the fewer are hidden. */
  get isShownInAll(): IsShown {
    return this.#statements.hasStreamBetween.get(hiddenPrefix, behindHidden) ? showsNoHidden : showsEach;
  }

  /** How a stream stands, and which of its revisions may be shown. */
  standing(stream: string): StreamStanding {
    const state = this.#states.get(stream);
    const last = this.#states.lastRevision(state);
    if (last === tombstoneRevision) return { kind: 'tombstoned' };
    const { retention } = this.#states.metadata(state);
    if (state.id === undefined || last < 0 || isSoftDeleted(retention)) return { kind: 'missing' };
    return { kind: 'readable', id: state.id, last, first: firstVisible(retention, last) };
  }

  /** Forwards from a revision, inclusive; hidden events are left out. */
  streamForwards(stream: string, from: number, limit = pageSize): Page {
    const standing = this.standing(stream);
    if (standing.kind !== 'readable' || from > standing.last) return { events: [] };
    const first = Math.max(from, standing.first);
    const settled = this.#statements.streamForwards.iterate(standing.id, first, standing.last, limit);
    const unsettled = this.#places.unsettled(standing.id, first, standing.last);
    const rows = unsettled.length === 0 ? settled : oneByOne(settled, this.#rowsAt(unsettled));
    return this.#withoutOld(
      stream,
      page(rows, limit, ({ revision }) => revision + 1),
    );
  }

  /** Backwards from a revision, inclusive; hidden events are left out. */
  streamBackwards(stream: string, from: number, limit = pageSize): Page {
    const standing = this.standing(stream);
    if (standing.kind !== 'readable') return { events: [] };
    const start = Math.min(from, standing.last);
    const settled = this.#statements.streamBackwards.iterate(standing.id, standing.first, start, limit);
    const unsettled = this.#places.unsettled(standing.id, standing.first, start).toReversed();
    const rows = unsettled.length === 0 ? settled : oneByOne(this.#rowsAt(unsettled), settled);
    return this.#withoutOld(
      stream,
      page(rows, limit, ({ revision }) => revision - 1),
    );
  }

  /** The event at one revision, unless it is hidden. */
  at(stream: string, revision: number): Page['events'][number] | undefined {
    const standing = this.standing(stream);
    if (standing.kind !== 'readable' || revision < standing.first) return undefined;
    const place = this.#places.at(standing.id, clamp(revision));
    const row = place && (this.#statements.at.get(place.position) as unknown as Row | undefined);
    const events = row ? [{ position: row.position, message: rowMessage(row) }] : [];
    return this.#withoutOld(stream, { events }).events[0];
  }

  *#rowsAt(places: readonly Place[]): Generator<Columns> {
    for (const { position, revision } of places) {
      const { checksum, message } = this.#statements.at.get(position) as unknown as Row;
      yield [position, checksum, message, revision];
    }
  }

  #withoutOld(stream: string, whole: Page): Page {
    const { retention } = this.#states.metadata(this.#states.get(stream));
    if (retention.maxAgeSeconds === undefined) return whole;
    const oldest = oldestVisible(retention, Date.now());
    return { ...whole, events: whole.events.filter(({ message }) => decodeReadEvent(message).created >= oldest) };
  }
}

function* oneByOne(...parts: Iterable<unknown>[]): Generator<unknown> {
  for (const part of parts) yield* part;
}

/** Takes so many rows at most, or until there are enough bytes. */
const page = (rows: Iterable<unknown>, limit: number, next: (last: Place) => number): Page => {
  const events: Page['events'] = [];
  let bytes = 0;
  for (const [position, checksum, message, revision = 0] of rows as Iterable<Columns>) {
    events.push({ position, message: rowMessage({ position, checksum, message }) });
    bytes += message.length;
    if (events.length === limit || bytes >= pageBytes) return { events, next: next({ position, revision }) };
  }
  return { events };
};

/** SQLite's integers and JavaScript's agree up to here; the protocol's "end" is beyond. */
const clamp = (value: number): number => Math.min(value, Number.MAX_SAFE_INTEGER);
