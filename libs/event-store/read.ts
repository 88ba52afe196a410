import { BACKWARDS, END, type RecordedEvent, StreamNotFoundError } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { rootsStream, type Sealed } from '@funnel/audit';
import { comparePositions, logStart, type Position, type Stored } from '@funnel/kernel';
import { sealed } from './chain.ts';
import { backOff, backOffMs, type Deadline, hasPassed, mayPass } from './deadline.ts';
import { isSystem, toStored } from './envelope.ts';
import { StoreUnavailable } from './faults.ts';
import { Intake } from './intake.ts';
import { type Answers, asTheClientSays, callReadAll, callReadStream } from './log-call.ts';
import { attemptMs, deadlineOf, type Session } from './session.ts';

type Page = readonly RecordedEvent[];
/** A call of the client's, or one of our own. */
type Opened = StreamingRead<ResolvedEvent> | StreamingRead<AllStreamResolvedEvent> | Answers;
type Answer = Partial<ResolvedEvent> | 'nothing new';

const pageSize = 1_000;

interface Reading {
  readonly doing: string;
  /** Opens the read after the last event that came, or at its beginning. */
  readonly open: (last: RecordedEvent | undefined) => Opened | Promise<Opened>;
  readonly signal?: AbortSignal;
}

/** One read, to its end or its first error. The call is always ended: the client leaves it open on the server. */
async function* pagesOf(opened: Opened, ms: number, signal?: AbortSignal): AsyncGenerator<Page> {
  const intake = new Intake<Answer>(opened);
  try {
    for (;;) {
      const items = await intake.next({ most: pageSize, withinMs: ms, signal });
      if (!items) return;
      yield items.flatMap((item) => (item !== 'nothing new' && item.event ? [item.event as RecordedEvent] : []));
    }
  } finally {
    if (!opened.readableEnded) void Promise.resolve(opened.cancel()).catch(() => undefined);
    intake.close();
  }
}

/** Reads on after a broken connection, from the last event that came. @throws {StoreUnavailable} without any progress */
async function* pages(session: Session, { doing, open, signal }: Reading): AsyncGenerator<Page> {
  let last: RecordedEvent | undefined;
  let deadline: Deadline = deadlineOf(session);
  for (let failures = 0; !signal?.aborted; failures += 1) {
    try {
      session.closed.throwIfAborted();
      for await (const page of pagesOf(await open(last), attemptMs(session), signal)) {
        last = page.at(-1) ?? last;
        yield page;
        failures = 0;
        deadline = deadlineOf(session);
      }
      return;
    } catch (fault) {
      const error = asTheClientSays(fault);
      if (!mayPass(error)) throw error;
      if (hasPassed(deadline) || session.closed.aborted) throw new StoreUnavailable(doing, { cause: error });
    }
    await backOff(backOffMs(failures, { base: 25, max: 1_000 }), signal);
  }
}

/** Opens calls of our own. The client replaces a broken channel when a call of its own meets it, so one goes ahead of a retry. */
const opening = (session: Session, call: (last: RecordedEvent | undefined) => Promise<Answers>): Reading['open'] => {
  let isFirst = true;
  return async (last) => {
    if (!isFirst) await logEnd(session);
    isFirst = false;
    return call(last);
  };
};

/** One stream forwards, as it is stored; nothing where it does not exist. */
export const streamPages = (session: Session, stream: string, fromRevision = 0): AsyncGenerator<Page> =>
  pages(session, {
    doing: `reading ${stream}`,
    open: opening(session, (last) => callReadStream(session, stream, last ? Number(last.revision) + 1 : fromRevision)),
  });

export async function* readStream(session: Session, stream: string, fromRevision?: number): AsyncGenerator<Stored> {
  for await (const page of streamPages(session, stream, fromRevision)) {
    for (const event of page) yield toStored(session.types, event);
  }
}

/** The same exactly as it is stored. */
export async function* sealedStream(session: Session, stream: string, fromRevision?: number): AsyncGenerator<Sealed> {
  for await (const page of streamPages(session, stream, fromRevision)) yield* page.map(inPlace);
}

/** The newest event of one stream. */
export const lastOf = async (session: Session, stream: string): Promise<RecordedEvent | undefined> => {
  let last: RecordedEvent | undefined;
  const open = () => session.client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
  try {
    for await (const [event] of pages(session, { doing: `reading ${stream}`, open })) last = event;
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return last;
};

/** So many events before one, or before the end of the log, the newest first. */
const eventsBefore = (session: Session, next: RecordedEvent | undefined, maxCount: number): AsyncGenerator<Page> => {
  const open = (last = next) =>
    session.client.readAll({ direction: BACKWARDS, fromPosition: last?.position ?? END, maxCount });
  return pages(session, { doing: 'reading the end of the log', open });
};

/** Position of the very newest event, the server's own included. */
export const logEnd = async (session: Session): Promise<Position> => {
  let end = logStart;
  for await (const [event] of eventsBefore(session, undefined, 1)) end = event?.position ?? end;
  return end;
};

/** The log from its end backwards, in pieces that grow: a server sends much of what it was asked for before a reader leaves. */
async function* backwards(session: Session): AsyncGenerator<RecordedEvent> {
  let last: RecordedEvent | undefined;
  for (let maxCount = 1; ; maxCount = Math.min(8 * maxCount, pageSize)) {
    const next = last;
    for await (const page of eventsBefore(session, next, maxCount)) {
      yield* page;
      last = page.at(-1) ?? last;
    }
    if (last === next) return;
  }
}

/** Position of the newest event that a reader of the product waits for: nobody waits for what the audit says of the log. */
export const head = async (session: Session): Promise<Position> => {
  for await (const event of backwards(session)) {
    if (!isSystem(event) && event.streamId !== rootsStream) return event.position ?? logStart;
  }
  return logStart;
};

export interface ReadAllOptions {
  /** Exclusive; the whole log when absent. */
  readonly after?: Position;
  /** Prefixes of stream names, for instance `deal-`; every stream when absent. */
  readonly streams?: readonly string[];
  /** Stored names of events; every one when absent. */
  readonly types?: readonly string[];
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

const isWanted = (event: RecordedEvent, { streams, types }: ReadAllOptions): boolean =>
  !isSystem(event) &&
  (streams?.some((prefix) => event.streamId.startsWith(prefix)) ?? true) &&
  (types?.includes(event.type) ?? true);

interface Span extends Pick<ReadAllOptions, 'after' | 'signal'> {
  readonly until: Position;
}

/** What stands in the log behind one position and up to another. */
async function* between(session: Session, { after, until, signal }: Span): AsyncGenerator<Page> {
  const open = opening(session, (last) => callReadAll(session, last?.position ?? after));
  let passed = after ?? logStart;
  for await (const page of pages(session, { doing: 'reading the log', open, signal })) {
    const positionOf = ({ position }: RecordedEvent): Position => position ?? logStart;
    // A read begins with the event at its position, which came before.
    yield page.filter(
      (event) => comparePositions(positionOf(event), passed) > 0 && comparePositions(positionOf(event), until) <= 0,
    );
    passed = page.map(positionOf).at(-1) ?? passed;
    if (comparePositions(passed, until) >= 0) return;
  }
}

/** What is wanted of the log up to where it ended at the call. */
async function* wanted(session: Session, options: ReadAllOptions): AsyncGenerator<Page> {
  const { after, limit = Infinity, signal } = options;
  const until = await logEnd(session);
  let left = limit;
  if (left <= 0) return;
  for await (const page of between(session, { after, until, signal })) {
    const found = page.filter((event) => isWanted(event, options)).slice(0, left);
    yield found;
    left -= found.length;
    if (left <= 0) return;
  }
}

export async function* readAll(session: Session, options: ReadAllOptions): AsyncGenerator<Stored> {
  for await (const page of wanted(session, options)) {
    for (const event of page) yield toStored(session.types, event);
  }
}

export async function* sealedLog(session: Session, options: ReadAllOptions): AsyncGenerator<Sealed> {
  for await (const page of wanted(session, options)) yield* page.map(inPlace);
}

const inPlace = (event: RecordedEvent): Sealed => ({ position: event.position ?? logStart, event: sealed(event) });
