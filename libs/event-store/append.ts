import { WrongExpectedVersionError } from '@eventstore/db-client';
import type { Position } from '@funnel/kernel';
import { type Deadline, deadlineIn, msUntil, NoAnswer, persist, within } from './deadline.ts';
import type { Written } from './envelope.ts';
import { lastOf } from './read.ts';
import { attemptMs, type Session } from './session.ts';

interface Append {
  readonly stream: string;
  readonly events: readonly Written[];
  /** Revision of the last event there; -1 for a stream that must not exist yet. */
  readonly expected: number;
  readonly deadline: Deadline;
}

export interface Appended {
  /** Of the last of the events. */
  readonly revision: number;
  readonly position: Position;
}

/** A place is given back with the answer; an append that has waited for it in vain keeps its place for so many milliseconds more. */
const keptForMs = 30_000;

/**
 * Writes all or nothing. Without an answer the same ids and revision are sent again: the store recognises them.
 * `undefined` when the stream is not at the expected revision. @throws {StoreUnavailable} with the outcome unknown
 */
export const append = async (session: Session, { stream, events, expected, deadline }: Append) =>
  persist({ ...session, doing: `appending to ${stream}`, deadline, attemptMs: attemptMs(session) }, async (ms) => {
    try {
      return await attempt(session, { stream, events, expected, deadline: deadlineIn(ms) });
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return undefined;
      throw error;
    }
  });

const attempt = async (session: Session, { stream, events, expected, deadline }: Append): Promise<Appended> => {
  const giveBack = await session.places.take(deadline);
  const ms = msUntil(deadline);
  const answer = session.appends.append({ stream, events, expected, deadlineMs: ms });
  answer.then(giveBack, giveBack);
  const { revision, position } = await within(ms, answer).catch((error: unknown) => {
    if (error instanceof NoAnswer) setTimeout(giveBack, keptForMs).unref();
    throw error;
  });
  return { revision, position: position ?? (await positionOf(session, stream)) };
};

/** Some answers to a repeated append tell no position. */
const positionOf = async (session: Session, stream: string): Promise<Position> => {
  const last = await lastOf(session, stream);
  if (!last?.position) throw new Error(`${stream} is gone after an append to it`);
  return last.position;
};
