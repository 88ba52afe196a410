import type { UndecodableEvent } from './event.ts';
import type { Position } from './position.ts';
import type { Envelope, Recorded } from './recorded.ts';

/** A stored event that this version of the product cannot read: its envelope, and why. */
export type Unreadable = Envelope & { readonly type: string; readonly unreadable: UndecodableEvent };
export type Stored = Recorded | Unreadable;

export const isReadable = (event: Stored): event is Recorded => !('unreadable' in event);

/** A stretch of the log in order. */
export interface LogBatch {
  readonly events: readonly Stored[];
  /** Everything up to here has been seen, also where the filter left nothing. */
  readonly position: Position;
  /** Whether the reader stands at the live edge of the log. */
  readonly caughtUp: boolean;
}

export interface LogFilter {
  /** Prefixes of stream names, for instance `deal-`. */
  readonly streams: readonly string[];
  /** Exclusive; the whole log when absent. */
  readonly after?: Position;
  readonly signal: AbortSignal;
}

/** The log of all events, as its readers see it. Implemented by `libs/event-store`. */
export interface EventLog {
  /**
   * Follows the log for ever, each event once and in order, over reconnections; ends when the signal aborts. A slow
   * consumer slows the reading down; nothing piles up in memory.
   */
  follow(filter: LogFilter): AsyncIterable<LogBatch>;
  /** One stream forwards from a revision, or nothing where it does not exist. */
  readStream(stream: string, fromRevision?: number): AsyncIterable<Stored>;
  /** Position of the newest event that readers wait for (the system's and the audit's left out); `logStart` when there is none. */
  head(): Promise<Position>;
}
