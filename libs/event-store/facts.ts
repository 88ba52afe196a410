import type { RecordedEvent } from '@eventstore/db-client';
import type { Head } from '@funnel/audit';
import { comparePositions, logStart, type Actor, type Position } from '@funnel/kernel';
import { append } from './append.ts';
import { backOff, backOffMs } from './deadline.ts';
import { emptyHead, headAt, link, linkBytes } from './chain.ts';
import { type Pending, toPending } from './envelope.ts';
import { StreamBegunOtherwise, StreamConflict } from './faults.ts';
import { lastOf, streamPages } from './read.ts';
import type { LogEnd } from './log-end.ts';
import { deadlineOf, type Session } from './session.ts';

/** A past event with an id of its own, for instance of an import. Instants in milliseconds since 1970. */
export interface Fact {
  /** A UUID, the same each time that the same fact is told. */
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly at: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** Whether its stream begins with it: one that began otherwise tells of something else, and is left alone. */
  readonly begins?: boolean;
}

export interface FactsAppended {
  readonly written: number;
  /** Those that the stream held before. */
  readonly known: number;
  /** Of the stream's last event that is known of. */
  readonly position: Position;
}

const mostEvents = 500;
/** Below the server's 1 MiB for data, metadata and type name (two bytes a letter) of one append. */
const mostBytes = 1_000_000;
const attemptsAgainstOthers = 8;

const bytesOf = ({ text, metadata, type }: Pending): number =>
  Buffer.byteLength(text) + Buffer.byteLength(metadata) + linkBytes + 2 * type.length;

/** In order, each small enough for one append; an event too large for any goes alone and is refused by the store. */
export function* chunksOf(events: readonly Pending[]): Generator<readonly Pending[]> {
  let chunk: Pending[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = bytesOf(event);
    if (chunk.length > 0 && (chunk.length === mostEvents || bytes + size > mostBytes)) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push(event);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

interface Target {
  readonly session: Session;
  readonly logEnd: LogEnd;
  readonly stream: string;
}

/**
 * Adds to one stream what it does not hold yet, in order. Cut off half-way and told again, it goes on where it stopped.
 * When two processes tell the same new facts at the same moment, each may count them as written by itself.
 * @throws {StreamBegunOtherwise} and nothing is added @throws {StreamConflict} when others kept changing the stream
 * @throws {StoreUnavailable}
 */
export const appendFacts = async (target: Target, facts: readonly Fact[]): Promise<FactsAppended> => {
  const events = [...new Map(facts.map((fact) => [fact.id, fact])).values()].map(toEvent(target.session));
  const tally: Tally = { before: await target.logEnd.now(), written: 0, position: logStart };
  const isWhole = events.length > 0 && (await appendFrom(target, { events, head: emptyHead(target.stream), tally }));
  const beginning = facts.find(({ begins }) => begins)?.id;
  if (!isWhole) await appendMissing(target, { events, beginning, tally });
  return { written: tally.written, known: facts.length - tally.written, position: tally.position };
};

const toEvent =
  ({ types }: Session) =>
  (fact: Fact): Pending =>
    toPending(types, fact, fact);

interface Tally {
  /** The end of the log at the beginning. An answer from before it is that of an older append: those were known. */
  readonly before: Position;
  written: number;
  position: Position;
}

/** Whether all went in behind the head, or stood exactly there already; stops at the first chunk that did not fit. */
const appendFrom = async (
  { session, stream }: Target,
  { events, head, tally }: { events: readonly Pending[]; head: Head; tally: Tally },
): Promise<boolean> => {
  let end: Head | undefined = head;
  for (const chunk of chunksOf(events)) {
    // Facts that were known may stand there as they were told before: what comes next is linked to what stands there.
    if (end !== head) end = await headStill(session, stream, end);
    if (!end) return false;
    const { written, head: next } = link(stream, end, chunk);
    const appended = await append(session, {
      stream,
      events: written,
      expected: end.revision,
      deadline: deadlineOf(session),
    });
    if (!appended) return false;
    if (comparePositions(appended.position, tally.before) > 0) tally.written += chunk.length;
    tally.position = appended.position;
    end = next;
  }
  return true;
};

/** The head of a stream as it is stored, if it is still at that revision. */
const headStill = async (session: Session, stream: string, { revision }: Head): Promise<Head | undefined> => {
  const last = await lastOf(session, stream);
  const head = last && headAt(last);
  return head?.revision === revision ? head : undefined;
};

interface Missing {
  readonly events: readonly Pending[];
  /** Id of the one that the stream begins with, if it is among them. */
  readonly beginning: string | undefined;
  readonly tally: Tally;
}

const appendMissing = async (target: Target, { events, beginning, tally }: Missing): Promise<void> => {
  const { session, stream } = target;
  for (let conflicts = 0; conflicts < attemptsAgainstOthers; conflicts += 1) {
    const held = new Set<string>();
    let last: RecordedEvent | undefined;
    for await (const page of streamPages(session, stream)) {
      for (const event of page) {
        held.add(event.id);
        last = event;
        tally.position = event.position ?? tally.position;
      }
    }
    if (last && beginning !== undefined && !held.has(beginning)) throw new StreamBegunOtherwise(stream);
    const missing = events.filter(({ id }) => !held.has(id));
    const head = last ? headAt(last) : emptyHead(stream);
    if (await appendFrom(target, { events: missing, head, tally })) return;
    await backOff(backOffMs(conflicts, { base: 5, max: 200 }));
  }
  throw new StreamConflict(stream, attemptsAgainstOthers);
};
