import { Transform } from 'node:stream';
import { comparePositions, type LogBatch, type LogFilter, logStart, type Position } from '@funnel/kernel';
import { backOff, backOffMs, mayPass, unlessAborted } from './deadline.ts';
import { CheckpointAheadOfLog, StoreUnavailable } from './faults.ts';
import { Intake } from './intake.ts';
import { callSubscription } from './log-call.ts';
import { type Item, Progress } from './progress.ts';
import { logEnd } from './read.ts';
import { attemptMs, type Session } from './session.ts';

/** Most events of one batch, and most that wait behind a slow consumer on each side of a stream. */
export const batchSize = 1_000;

/**
 * See `EventLog.follow`. Reconnects for ever, from the last position that the consumer was given.
 * @throws {CheckpointAheadOfLog} before anything is read
 */
export async function* follow(session: Session, filter: LogFilter): AsyncGenerator<LogBatch> {
  const signal = AbortSignal.any([filter.signal, session.closed]);
  let after = filter.after;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      for await (const batch of subscription(session, { ...filter, after, signal })) {
        failures = 0;
        after = batch.position;
        yield batch;
      }
    } catch (error) {
      if (!mayReconnect(error)) throw error;
    }
    await backOff(backOffMs(failures, { base: 100, max: 10_000 }), signal);
  }
}

/** A store that is down for long is waited for; a read that gave up says no more than that. */
const mayReconnect = (error: unknown): boolean => mayPass(error) || error instanceof StoreUnavailable;

/** One subscription, until it breaks, ends or the signal aborts. */
async function* subscription(session: Session, filter: LogFilter): AsyncGenerator<LogBatch> {
  const end = await unlessAborted(logEnd(session), filter.signal);
  if (!end) return;
  if (filter.after && comparePositions(filter.after, end) > 0) throw new CheckpointAheadOfLog(filter.after, end);
  const call = await callSubscription(session, filter);
  const items = call.pipe(settled(session, end));
  const intake = new Intake<Item>(items);
  call.on('error', (error) => intake.fail(error));
  const progress = new Progress(session.types, { after: filter.after ?? logStart, endAtStart: end });
  // An answer at the start is due in time; later, a quiet log is as good as any.
  let withinMs: number | undefined = attemptMs(session);
  try {
    for (;;) {
      const taken = await intake.next({ most: batchSize, withinMs, signal: filter.signal });
      if (!taken) return;
      withinMs = undefined;
      const batch = progress.batch(taken, intake.isEmpty);
      if (batch) yield batch;
    }
  } finally {
    call.cancel();
    intake.close();
  }
}

/** Answers as they come, save that a server may name a place behind the last event: what is remembered must be a real one. */
const settled = (session: Session, endAtStart: Position): Transform => {
  const notBeyond = async (position: Position): Promise<Position> => {
    if (comparePositions(position, endAtStart) <= 0) return position;
    const end = await logEnd(session);
    return comparePositions(position, end) > 0 ? end : position;
  };
  return new Transform({
    objectMode: true,
    highWaterMark: batchSize,
    transform: (answer: Item | 'nothing new', _, next) => {
      if (answer === 'nothing new') next();
      else if ('upTo' in answer) notBeyond(answer.upTo).then((upTo) => next(null, { upTo } satisfies Item), next);
      else next(null, answer);
    },
  });
};
