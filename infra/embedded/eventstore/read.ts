import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ServerContext } from './context.ts';
import { streamDeleted, toStatusError } from './errors.ts';
import type { EventFilter } from './filter.ts';
import { showsEach, type IsShown } from './log/hidden.ts';
import { pageSize, type LogReader, type Page } from './log/reader.ts';
import { subjectOf } from './log/record.ts';
import { Outbox } from './outbox.ts';
import { presentation, type Present } from './presentation.ts';
import { decodeReadRequest, type ReadRequest } from './read-request.ts';
import { subscribe } from './subscribe.ts';
import { encode } from './wire/writer.ts';

/** Reads and subscriptions are one method of the protocol. */
export const read =
  (context: ServerContext) =>
  (call: ServerWritableStream<Buffer, Uint8Array>): void => {
    const outbox = new Outbox(call);
    context.calls.add(call);
    answerRead(context, call.request, outbox).then(
      () => call.end(),
      (error: unknown) => call.emit('error', toStatusError(error)),
    );
  };

const answerRead = async (context: ServerContext, message: Buffer, outbox: Outbox): Promise<void> => {
  const request = decodeReadRequest(message);
  const present = presentation(context.log.reader, request);
  if (request.count === 'subscription') await subscribe({ log: context.log, request, outbox, present });
  else if (request.stream === undefined) await readAll(context.log.reader, request, { outbox, present });
  else await readStream(context.log.reader, { ...request, stream: request.stream }, { outbox, present });
};

interface Target {
  outbox: Outbox;
  present: Present;
}

const readAll = async (reader: LogReader, request: ReadRequest, target: Target): Promise<void> => {
  const { isBackwards, filter } = request;
  /** With a filter, or where something is hidden, a page may come out empty and yet not be the last. */
  const readPage = (from: number, wantedCount: number): Page => {
    const limit = filter ? pageSize : wantedCount;
    const page = isBackwards ? reader.allBackwards(from, limit) : reader.allForwards(from, limit);
    const { isShownInAll } = reader;
    return filter || isShownInAll !== showsEach ? onlyWanted(page, isShownInAll, filter) : page;
  };
  await sendPages(wanted(request), readPage, target);
};

const onlyWanted = (page: Page, isShown: IsShown, filter: EventFilter | undefined): Page => ({
  ...page,
  events: page.events.filter(
    ({ message }) => isShown(message) && (!filter || filter.matches(subjectOf(message, filter.on))),
  ),
});

interface Span {
  from: number;
  count: number;
}

const wanted = ({ from, count }: ReadRequest): Span => ({
  from: from === 'start' ? 0 : from === 'end' ? Infinity : from,
  count: count as number,
});

type ReadPage = (from: number, limit: number) => Page;

const readStream = async (
  reader: LogReader,
  request: ReadRequest & { stream: string },
  target: Target,
): Promise<void> => {
  const { stream, isBackwards, compatibility } = request;
  const standing = reader.standing(stream);
  if (standing.kind === 'tombstoned') throw streamDeleted(stream);
  if (standing.kind === 'missing') {
    await target.outbox.send(encodeNotFound(stream));
    return;
  }
  const readPage: ReadPage = (from, limit) =>
    isBackwards ? reader.streamBackwards(stream, from, limit) : reader.streamForwards(stream, from, limit);
  const span = wanted(request);
  const beginning = compatibility < 1 || isBackwards ? undefined : beginningBehind(span, standing);
  if (beginning !== undefined) await target.outbox.send(encode((answer) => answer.number(5, beginning)));
  await sendPages(span, readPage, target);
  if (compatibility >= 1) await target.outbox.send(encode((answer) => answer.number(6, standing.last)));
};

/** What the real server reads at a time; it looks at the first page before it says where a stream begins. */
const firstPage = 32;

/** The revision with which a stream goes on, if the first page from the wanted revision on shows nothing of it. */
const beginningBehind = ({ from, count }: Span, { first, last }: { first: number; last: number }) => {
  if (from + Math.min(firstPage, count) <= first) return first;
  return Math.max(from, first) > last && from !== last + 1 ? last + 1 : undefined;
};

/** Sends page after page until there are `count` events or no more. */
const sendPages = async ({ from, count }: Span, readPage: ReadPage, { outbox, present }: Target): Promise<void> => {
  let sent = 0;
  for (let next: number | undefined = from; next !== undefined && sent < count && !outbox.isClosed;) {
    const page: Page = readPage(next, Math.min(pageSize, count - sent));
    for (const { message } of page.events) {
      if (sent === count || outbox.isClosed) return;
      const room = outbox.send(present(message));
      if (room) await room;
      sent++;
    }
    next = page.next;
  }
};

const encodeNotFound = (stream: string): Buffer =>
  encode((answer) => answer.message(4, (notFound) => notFound.message(1, (identifier) => identifier.text(3, stream))));
