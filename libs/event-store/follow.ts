import type { AllStreamSubscription, PrefixesFilter, RegexFilter } from '@eventstore/db-client';
import { excludeSystemEvents, type Position as ClientPosition, START, streamNameFilter } from '@eventstore/db-client';
import { comparePositions, type LogBatch, type LogFilter, logStart, type Position } from '@funnel/kernel';
import { backOff, backOffMs, mayPass } from './deadline.ts';
import { CheckpointAheadOfLog, StoreUnavailable } from './faults.ts';
import { Intake } from './intake.ts';
import { type Item, Progress, type Sign } from './progress.ts';
import { logEnd } from './read.ts';
import { attemptMs, type Session } from './session.ts';

/** Most events of one batch, and most that wait behind a slow consumer on each side of the client's stream. */
export const batchSize = 1_000;
/** Events that the server looks at before it tells its position, also where the filter left nothing. */
const checkpointEvery = 1_000;

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
  const end = await logEnd(session);
  if (filter.after && comparePositions(filter.after, end) > 0) throw new CheckpointAheadOfLog(filter.after, end);
  const subscribed = subscribe(session, filter, end);
  const progress = new Progress(session.types, { after: filter.after ?? logStart, endAtStart: end });
  // An answer at the start is due in time; later, a quiet log is as good as any.
  let withinMs: number | undefined = attemptMs(session);
  subscribed.stream.once('confirmation', () => subscribed.stream.push({ live: false } satisfies Sign));
  try {
    for (;;) {
      const items = await subscribed.intake.next({ most: batchSize, withinMs, signal: filter.signal });
      if (!items) return;
      withinMs = undefined;
      const batch = progress.batch(items, subscribed.intake.isEmpty);
      if (batch) yield batch;
    }
  } finally {
    subscribed.stream.unsubscribe().catch(() => undefined);
    subscribed.intake.close();
  }
}

const subscribe = (session: Session, { streams, after }: LogFilter, endAtStart: Position) => {
  const checkpointReached = async (stream: AllStreamSubscription, position: ClientPosition): Promise<void> => {
    try {
      stream.push({ upTo: await notBeyond(position) } satisfies Sign);
    } catch (error) {
      intake.fail(error as Error);
    }
  };
  /** A server may name a place behind the last event; what is remembered must be the place of a real one. */
  const notBeyond = async (position: Position): Promise<Position> => {
    if (comparePositions(position, endAtStart) <= 0) return position;
    const end = await logEnd(session);
    return comparePositions(position, end) > 0 ? end : position;
  };
  const checkpoints = { checkpointInterval: 1, maxSearchWindow: checkpointEvery, checkpointReached };
  const filter: PrefixesFilter | RegexFilter =
    streams.length > 0
      ? streamNameFilter({ prefixes: [...streams], ...checkpoints })
      : excludeSystemEvents(checkpoints);
  const stream = session.client.subscribeToAll(
    { fromPosition: after ? { ...after } : START, filter },
    { highWaterMark: batchSize },
  );
  const intake = new Intake<Item>(stream);
  stream.on('caughtUp', () => stream.push({ live: true } satisfies Sign));
  stream.on('fellBehind', () => stream.push({ live: false } satisfies Sign));
  return { stream, intake };
};
