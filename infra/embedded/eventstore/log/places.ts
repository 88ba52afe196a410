import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Where an event stands: in its stream, and in the log. */
export interface Place {
  revision: number;
  position: number;
}

/** So many events may wait for their places to be written. */
const maxUnsettled = 4096;

/**
 * Where the events of each stream are. Their places are written many at a time and in order: written with each event, nearly
 * every one would take a page of the disk of its own, as streams grow by turns. Until then they are kept here; whoever opens
 * the log finds them by the events themselves.
 */
export class Places {
  readonly #database: DatabaseSync;
  readonly #unsettled = new Map<number, Place[]>();
  readonly #settledLast: StatementSync;
  readonly #settledAt: StatementSync;
  #count = 0;

  /** For a log whose places are settled. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#settledLast = database.prepare(
      'SELECT revision, position FROM places WHERE stream = ? ORDER BY revision DESC LIMIT 1',
    );
    this.#settledAt = database.prepare('SELECT revision, position FROM places WHERE stream = ? AND revision = ?');
  }

  /** To be called with every event, in the order of the log. */
  add(stream: number, place: Place): void {
    const places = this.#unsettled.get(stream);
    if (places) places.push(place);
    else this.#unsettled.set(stream, [place]);
    this.#count++;
  }

  last(stream: number): Place | undefined {
    return this.#unsettled.get(stream)?.at(-1) ?? (this.#settledLast.get(stream) as Place | undefined);
  }

  at(stream: number, revision: number): Place | undefined {
    const [unsettled] = this.unsettled(stream, revision, revision);
    return unsettled ?? (this.#settledAt.get(stream, revision) as Place | undefined);
  }

  /** Those of a stream that are not written yet, from one revision to another, oldest first. They come behind all that are. */
  unsettled(stream: number, from: number, to: number): readonly Place[] {
    const places = this.#unsettled.get(stream);
    if (!places) return [];
    // Revisions have no gaps, but for the one before a tombstone, and behind that nothing is read.
    const first = places[0]!.revision;
    return places.slice(Math.max(0, from - first), Math.max(0, to - first + 1));
  }

  get isSettlingDue(): boolean {
    return this.#count >= maxUnsettled;
  }

  /** Inside a transaction. */
  settle(): void {
    settlePlaces(this.#database);
    this.#clear();
  }

  /** Learns anew what is not written, after a transaction was rolled back. */
  reload(): void {
    this.#clear();
    const rows = this.#database.prepare(`SELECT stream, revision, position ${unsettledEvents} ORDER BY position`).all();
    for (const { stream, ...place } of rows as unknown as ({ stream: number } & Place)[]) this.add(stream, place);
  }

  #clear(): void {
    this.#unsettled.clear();
    this.#count = 0;
  }
}

const unsettledEvents = 'FROM events WHERE position > (SELECT position FROM settled)';

/** Writes the places of all events that have none yet. */
export const settlePlaces = (database: DatabaseSync): void =>
  database.exec(`
    INSERT INTO places SELECT stream, revision, position ${unsettledEvents} ORDER BY stream, revision;
    UPDATE settled SET position = (SELECT coalesce(max(position), 0) FROM events);
  `);
