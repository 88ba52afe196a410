import { decodeReadEvent, tombstoneRevision, type RecordedEvent } from './record.ts';
import type { Places } from './places.ts';
import { RecentMap } from './recent-map.ts';
import { keepEverything, keepLast, parseRetention, type Retention } from './retention.ts';
import { rowMessage, type Row } from './row.ts';
import type { Statements } from './statements.ts';

/** What is known of one stream, written or not. */
export interface StreamState {
  readonly name: string;
  /** Its key in the database, undefined until its first event. */
  id?: number;
  /** -1 before the first event, `tombstoneRevision` after a tombstone. */
  last: number;
  /** The last metadata event's data, if there is one. Undefined means: not looked up yet. */
  metadata?: { data?: Uint8Array; retention: Retention };
}

type Described = Pick<RecordedEvent, 'data' | 'isJson'>;

/** What is no JSON, the end of a metadata stream among it, says nothing. The data are copied: they may be a view of a whole request. */
const metadataIn = ({ data, isJson }: Described): NonNullable<StreamState['metadata']> => ({
  data: Uint8Array.from(data),
  retention: isJson ? parseRetention(data) : keepEverything,
});

const metadataPrefix = '$$';

export const metadataStreamOf = (stream: string): string => metadataPrefix + stream;

/** The stream that a metadata stream describes, undefined for any other stream. */
export const describedBy = (stream: string): string | undefined =>
  stream.startsWith(metadataPrefix) ? stream.slice(metadataPrefix.length) : undefined;

/** The states of the streams used last; the others are looked up in the database. */
export class StreamStates {
  readonly #statements: Statements;
  readonly #places: Places;
  readonly #states: RecentMap<string, StreamState>;

  constructor(statements: Statements, places: Places, limit = 10_000) {
    this.#statements = statements;
    this.#places = places;
    this.#states = new RecentMap(limit);
  }

  get(name: string): StreamState {
    const known = this.#states.get(name);
    if (known) return known;
    const state = this.#load(name);
    this.#states.set(name, state);
    return state;
  }

  /** The last revision; a metadata stream is as dead as the stream it describes. */
  lastRevision(state: StreamState): number {
    const described = describedBy(state.name);
    if (described !== undefined && this.get(described).last === tombstoneRevision) return tombstoneRevision;
    return state.last;
  }

  metadata(state: StreamState): { data?: Uint8Array; retention: Retention } {
    state.metadata ??= this.#loadMetadata(state.name);
    return state.metadata;
  }

  /** To be called with every event that goes into a metadata stream. */
  setMetadata(described: string, event: Described): void {
    this.get(described).metadata = metadataIn(event);
  }

  /** Forgets everything, after a transaction was rolled back. */
  clear(): void {
    this.#states.clear();
  }

  #load(name: string): StreamState {
    const stream = this.#statements.findStream.get(name) as { id: number } | undefined;
    const last = stream && this.#places.last(stream.id);
    return { name, id: stream?.id, last: last?.revision ?? -1 };
  }

  #loadMetadata(name: string): { data?: Uint8Array; retention: Retention } {
    if (describedBy(name) !== undefined) return { retention: keepLast };
    const { id } = this.get(metadataStreamOf(name));
    const last = id === undefined ? undefined : this.#places.last(id);
    if (!last) return { retention: keepEverything };
    return metadataIn(decodeReadEvent(rowMessage(this.#statements.at.get(last.position) as unknown as Row)));
  }
}
