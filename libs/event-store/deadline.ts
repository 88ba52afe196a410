import { setTimeout as pause } from 'node:timers/promises';
import {
  AccessDeniedError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  UnsupportedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { CheckpointAheadOfLog, StoreUnavailable } from './faults.ts';

/** By when something must have ended, in milliseconds of the process's own clock. */
export type Deadline = number;

export const deadlineIn = (ms: number): Deadline => performance.now() + ms;
export const msUntil = (deadline: Deadline): number => Math.max(0, deadline - performance.now());
export const hasPassed = (deadline: Deadline): boolean => performance.now() >= deadline;

/** The server did not answer one attempt; the next may succeed. */
export class NoAnswer extends Error {
  constructor(ms: number) {
    super(`no answer within ${Math.round(ms)} ms`);
    this.name = 'NoAnswer';
  }
}

/** Settles as `answer` does, or rejects with {@link NoAnswer}. The client itself may wait for ever. */
export const within = <T>(ms: number, answer: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(ms)), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** What `answer` comes to; `undefined` as soon as the signal aborts. */
export const unlessAborted = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const giveUp = () => resolve(undefined);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });

const final = [
  AccessDeniedError,
  CheckpointAheadOfLog,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StoreUnavailable,
  StreamDeletedError,
  StreamNotFoundError,
  TypeError,
  UnsupportedError,
  WrongExpectedVersionError,
];

/** Whether trying again can help. What is not known to be final is taken for a broken connection. */
export const mayPass = (error: unknown): boolean => !final.some((kind) => error instanceof kind);

/** Exponential back-off from `base` to `max` milliseconds, the upper half of it at random, so that many do not retry as one. */
export const backOffMs = (failures: number, { base, max }: { base: number; max: number }): number => {
  const whole = Math.min(max, base * 2 ** Math.min(failures, 30));
  return whole / 2 + Math.random() * (whole / 2);
};

/** Waits; ends early, without an error, when the signal aborts. */
export const backOff = async (ms: number, signal?: AbortSignal): Promise<void> => {
  await pause(ms, undefined, { signal }).catch(() => undefined);
};

interface Attempts {
  /** Completes "the store gave no answer while …". */
  readonly doing: string;
  readonly deadline: Deadline;
  /** Longest wait for one attempt. */
  readonly attemptMs: number;
  /** Stops trying again. */
  readonly closed: AbortSignal;
}

/** Tries until there is an answer or a final error. @throws {StoreUnavailable} when the deadline passes first */
export const persist = async <T>(
  { doing, deadline, attemptMs, closed }: Attempts,
  attempt: (ms: number) => Promise<T>,
): Promise<T> => {
  let cause: unknown;
  for (let failures = 0; !hasPassed(deadline) && !closed.aborted; failures += 1) {
    const ms = Math.min(attemptMs, msUntil(deadline));
    try {
      return await attempt(ms);
    } catch (error) {
      if (!mayPass(error)) throw error;
      cause = error;
    }
    await backOff(Math.min(backOffMs(failures, { base: 25, max: 1_000 }), msUntil(deadline)), closed);
  }
  throw new StoreUnavailable(doing, { cause });
};
