import type { EventTypes } from '@funnel/kernel';
import type { Connection } from './connection.ts';
import { type Deadline, deadlineIn } from './deadline.ts';

/** What every operation needs: the shared connection, how events are read, how long to try. */
export interface Session extends Connection {
  readonly types: EventTypes;
  /** Longest time that an operation tries before it gives up, in milliseconds. */
  readonly deadlineMs: number;
  /** Aborts when the store is closed: nothing is tried again after that. */
  readonly closed: AbortSignal;
}

export const deadlineOf = ({ deadlineMs }: Session): Deadline => deadlineIn(deadlineMs);
/** One unanswered attempt must leave time for others. */
export const attemptMs = ({ deadlineMs }: Session): number => deadlineMs / 3;
