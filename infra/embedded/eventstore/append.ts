import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import type { ServerContext } from './context.ts';
import { handlerFailed, maximumAppendSizeExceeded, streamDeleted, toStatusError } from './errors.ts';
import type { Append, ProposedEvent } from './log/writer.ts';
import {
  decodeAppendPart,
  mayBeAppendedTo,
  readProposedEvent,
  readWriteOptions,
  sizeOf,
  type AppendPart,
} from './requests.ts';
import { encodeAppendConflict, encodeAppended } from './responses.ts';

/** The classic append: options, then one message for each event, then one answer. */
export const append =
  (context: ServerContext) =>
  (call: ServerReadableStream<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
    const request = new AppendRequest(context.maxAppendSize);
    let isAnswered = false;
    const answerOnce: sendUnaryData<Buffer> = (error, response) => {
      if (!isAnswered) answer(error, response);
      isAnswered = true;
    };
    call.on('data', (message: Buffer) => {
      if (isAnswered) return;
      try {
        request.add(decodeAppendPart(message));
      } catch (error) {
        answerOnce(toStatusError(error));
      }
    });
    call.on('end', () => {
      if (isAnswered) return;
      if (request.options) write(context, { ...request.options, events: request.events }, answerOnce);
      else answerOnce(handlerFailed());
    });
    call.on('error', (error) => answerOnce(toStatusError(error)));
  };

class AppendRequest {
  options?: Omit<Append, 'events'>;
  readonly events: ProposedEvent[] = [];
  readonly #maxSize: number;
  #size = 0;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  add(part: AppendPart): void {
    if ('event' in part) return this.#addEvent(readProposedEvent(part.event));
    this.options ??= readWriteOptions(part.options);
    if (!mayBeAppendedTo(this.options.stream)) throw handlerFailed();
  }

  #addEvent(event: ProposedEvent): void {
    this.#size += sizeOf(event);
    if (this.#size > this.#maxSize) throw maximumAppendSizeExceeded(this.#maxSize);
    this.events.push(event);
  }
}

const write = ({ log }: ServerContext, request: Append, answer: sendUnaryData<Buffer>): void =>
  log.append(request, (outcome) => {
    if (outcome.kind === 'written') answer(null, encodeAppended(outcome));
    else if (outcome.kind === 'conflict') answer(null, encodeAppendConflict(outcome.current, request.expected));
    else if (outcome.kind === 'deleted') answer(streamDeleted(request.stream));
    else answer(toStatusError(outcome.cause));
  });
