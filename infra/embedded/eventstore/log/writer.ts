import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Places } from './places.ts';
import { RecentIds } from './recent-ids.ts';
import { decodeReadEvent, encodeReadEvent, tombstoneRevision, type RecordedEvent } from './record.ts';
import { firstVisible, isSoftDeleted, softDeletedMetadata, withTruncateBefore } from './retention.ts';
import { judge, type ExpectedRevision, type StreamFacts, type Verdict } from './revisions.ts';
import { rowMessage, type Row } from './row.ts';
import type { Statements } from './statements.ts';
import { describedBy, metadataStreamOf, type StreamState, type StreamStates } from './stream-states.ts';
import type { CommittedEvent } from './tail.ts';

export type ProposedEvent = Pick<RecordedEvent, 'id' | 'type' | 'isJson' | 'data' | 'metadata'>;

export interface Append {
  stream: string;
  expected: ExpectedRevision;
  events: readonly ProposedEvent[];
}

/** `revision` and `position` are those of the last event, -1 where there is none; `current` is -1 for no stream. */
export type Outcome =
  { kind: 'written'; revision: number; position: number } | { kind: 'conflict'; current: number } | { kind: 'deleted' };

/** The end of the log when the writer takes over. */
export interface LogEnd {
  position: number;
  created: number;
}

export interface LogParts {
  statements: Statements;
  places: Places;
  states: StreamStates;
}

/** Writes inside a transaction that somebody else begins and ends; see GroupCommit. */
export class LogWriter {
  readonly #statements: Statements;
  readonly #places: Places;
  readonly #states: StreamStates;
  readonly #recentIds = new RecentIds();
  #end: LogEnd;
  #committedEnd: LogEnd;
  #uncommitted: CommittedEvent[] = [];

  constructor({ statements, places, states }: LogParts, end: LogEnd) {
    this.#statements = statements;
    this.#places = places;
    this.#states = states;
    this.#end = end;
    this.#committedEnd = end;
  }

  append({ stream, expected, events }: Append): Outcome {
    const state = this.#states.get(stream);
    const ids = events.map((event) => event.id);
    const verdict = judge(ids, expected, this.#facts(state));
    if (verdict.kind !== 'write') return this.#refusal(state, verdict);
    const revived = this.#softDeletedBehind(stream);
    const first = state.last + 1;
    for (const event of events) this.#write(state, event, state.last + 1);
    const outcome: Outcome = {
      kind: 'written',
      revision: state.last,
      position: events.length ? this.#end.position : -1,
    };
    if (verdict.recreate) this.#writeTruncateBefore(stream, first);
    if (revived) this.#writeTruncateBefore(revived.name, revived.last + 1);
    return outcome;
  }

  /** Soft deletion: hides what there is; the stream may be written again, and its revisions go on. */
  delete(stream: string, expected: ExpectedRevision): Outcome {
    const state = this.#states.get(stream);
    const metadataState = this.#states.get(metadataStreamOf(stream));
    const verdict = judge([randomUUID()], expected, this.#facts(state));
    if (verdict.kind !== 'write') return this.#refusal(state, verdict);
    if (state.last < 0 && metadataState.last < 0) return { kind: 'conflict', current: -1 };
    this.#writeMetadata(stream, softDeletedMetadata);
    return { kind: 'written', revision: state.last, position: this.#end.position };
  }

  /** Deletion for ever: the name can never be used again. */
  tombstone(stream: string, expected: ExpectedRevision): Outcome {
    const state = this.#states.get(stream);
    const verdict = judge([randomUUID()], expected, this.#facts(state));
    if (verdict.kind !== 'write') return this.#refusal(state, verdict);
    this.#write(state, { ...blank, id: randomUUID(), type: '$streamDeleted' }, tombstoneRevision);
    return { kind: 'written', revision: tombstoneRevision, position: this.#end.position };
  }

  /** What was written since the last call, now that it is committed. */
  takeCommitted(): CommittedEvent[] {
    const events = this.#uncommitted;
    this.#uncommitted = [];
    this.#committedEnd = this.#end;
    return events;
  }

  /** Forgets what was written since the last commit. */
  rollBack(): void {
    for (const event of this.#uncommitted) this.#recentIds.remove(event.id, event);
    this.#uncommitted = [];
    this.#end = this.#committedEnd;
    this.#states.clear();
    this.#places.reload();
  }

  /** Learns an event that was written before this writer's time. */
  remember({ id, stream, revision }: Pick<RecordedEvent, 'id' | 'stream' | 'revision'>): void {
    this.#recentIds.add(id, { stream, revision });
  }

  #facts(state: StreamState): StreamFacts {
    const { id, name } = state;
    return {
      last: this.#states.lastRevision(state),
      softDeleted: isSoftDeleted(this.#states.metadata(state).retention),
      hasMetadata: () => describedBy(name) === undefined && this.#states.get(metadataStreamOf(name)).last >= 0,
      recent: (eventId) => this.#recentIds.revisionIn(name, eventId),
      idAt: (revision) => {
        const place = id === undefined ? undefined : this.#places.at(id, revision);
        const row = place && (this.#statements.at.get(place.position) as unknown as Row);
        return row && decodeReadEvent(rowMessage(row)).id;
      },
    };
  }

  #refusal(state: StreamState, verdict: Exclude<Verdict, { kind: 'write' }>): Outcome {
    if (verdict.kind === 'deleted') return { kind: 'deleted' };
    if (verdict.kind === 'conflict') return { kind: 'conflict', current: state.last };
    const { position } = this.#places.at(state.id!, verdict.last)!;
    // Where a hidden event is, nobody is told.
    const isHidden = verdict.last < firstVisible(this.#states.metadata(state).retention, state.last);
    return { kind: 'written', revision: verdict.last, position: isHidden ? -1 : position };
  }

  /** The soft-deleted stream that this one describes: metadata brings it back to life, empty. */
  #softDeletedBehind(stream: string): StreamState | undefined {
    const described = describedBy(stream);
    const state = described === undefined ? undefined : this.#states.get(described);
    return state && isSoftDeleted(this.#states.metadata(state).retention) ? state : undefined;
  }

  #writeTruncateBefore(stream: string, revision: number): void {
    const { data } = this.#states.metadata(this.#states.get(stream));
    const metadata = data && withTruncateBefore(data, revision);
    if (metadata) this.#writeMetadata(stream, metadata);
  }

  #writeMetadata(stream: string, data: Uint8Array): void {
    const event = { ...blank, id: randomUUID(), type: '$metadata', isJson: true, data };
    const state = this.#states.get(metadataStreamOf(stream));
    this.#write(state, event, state.last + 1);
  }

  #write(state: StreamState, event: ProposedEvent, revision: number): void {
    state.id ??= (this.#statements.addStream.get(state.name) as { id: number }).id;
    const position = this.#end.position + 1;
    // Time never runs backwards in the log, whatever the machine's clock does.
    const created = Math.max(Date.now(), this.#end.created);
    const message = encodeReadEvent({ ...event, stream: state.name, revision, position, created });
    this.#statements.addEvent.run(position, state.id, revision, crc32(message), message);
    this.#places.add(state.id, { revision, position });
    this.#end = { position, created };
    state.last = revision;
    this.#recentIds.add(event.id, { stream: state.name, revision });
    this.#uncommitted.push({ id: event.id, stream: state.name, type: event.type, revision, position, message });
    const described = describedBy(state.name);
    if (described !== undefined) this.#states.setMetadata(described, event);
  }
}

const blank = { isJson: false, data: new Uint8Array(0), metadata: new Uint8Array(0) };
