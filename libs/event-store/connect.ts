import type { Sealed } from '@funnel/audit';
import type { Decider, DomainEvent, EventLog, EventTypes, Position, Stored } from '@funnel/kernel';
import { acquire, release } from './connection.ts';
import { execute, type ExecuteRequest, type Outcome } from './execute.ts';
import { appendFacts, type Fact, type FactsAppended } from './facts.ts';
import { fold, FoldedStreams } from './folded-streams.ts';
import { follow } from './follow.ts';
import { KeyedQueue } from './queue.ts';
import { head, logEnd, readAll, type ReadAllOptions, readStream, sealedLog, sealedStream } from './read.ts';
import { LogEnd } from './log-end.ts';
import { deadlineOf, type Session } from './session.ts';

export interface EventStoreOptions {
  /** `esdb://` or `kurrentdb://`, with `+discover` for a cluster. */
  readonly url: string;
  /** Longest time that an operation tries before it throws `StoreUnavailable`, in milliseconds. */
  readonly deadlineMs?: number;
}

/** The only durable truth. Every operation ends: with an answer, or with `StoreUnavailable` after the deadline. */
export interface EventStore extends EventLog {
  /**
   * Decides a command on the newest state of a stream and appends what follows, exactly once for each command id.
   * @throws {StreamConflict} @throws {StoreUnavailable} @throws {UndecodableEvent}
   */
  execute<S, C, E extends DomainEvent, R>(request: ExecuteRequest<S, C, E, R>): Promise<Outcome<R>>;
  /** The present state of a stream; revision -1 for one that does not exist. */
  load<S, C, E extends DomainEvent, R>(
    decider: Decider<S, C, E, R>,
    stream: string,
  ): Promise<{ readonly state: S; readonly revision: number }>;
  /** Adds facts to one stream, each once; safe to repeat, and to run for many streams at once. */
  appendFacts(stream: string, facts: readonly Fact[]): Promise<FactsAppended>;
  /** The log in order, up to where it ends at the call. */
  readAll(options: ReadAllOptions): AsyncIterable<Stored>;
  /** The same exactly as it is stored, for those who judge the log itself. */
  sealedLog(options: ReadAllOptions): AsyncIterable<Sealed>;
  sealedStream(stream: string, fromRevision?: number): AsyncIterable<Sealed>;
  /** Position of the very newest event, the server's own included. */
  end(): Promise<Position>;
  /** @throws {StoreUnavailable} */
  ping(): Promise<void>;
  /** Ends the readers; what is being written fails. */
  close(): Promise<void>;
}

const streamsRemembered = 10_000;

/** Connects at the first operation; never waits here. */
export const connectEventStore = ({ url, deadlineMs = 15_000 }: EventStoreOptions, types: EventTypes): EventStore => {
  const closing = new AbortController();
  const session: Session = { ...acquire(url), types, deadlineMs, closed: closing.signal };
  const folded = new FoldedStreams(streamsRemembered);
  const queue = new KeyedQueue();
  const end = new LogEnd(() => logEnd(session));
  return {
    execute: (request) => {
      const deadline = deadlineOf(session);
      return queue.run(request.stream, () => execute({ session, folded, request, deadline }));
    },
    load: async (decider, stream) => {
      const { state, revision } = await fold(session, stream, decider);
      return { state, revision };
    },
    appendFacts: (stream, facts) =>
      queue.run(stream, () => {
        folded.drop(stream);
        return appendFacts({ session, logEnd: end, stream }, facts);
      }),
    follow: (filter) => follow(session, filter),
    readStream: (stream, fromRevision) => readStream(session, stream, fromRevision),
    readAll: (options) => readAll(session, options),
    sealedLog: (options) => sealedLog(session, options),
    sealedStream: (stream, fromRevision) => sealedStream(session, stream, fromRevision),
    head: () => head(session),
    end: () => logEnd(session),
    ping: async () => {
      await logEnd(session);
    },
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await release(url);
    },
  };
};
