import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { ServerContext } from './context.ts';
import { toStatusError } from './errors.ts';
import type { Answer } from './log/event-log.ts';
import type { ProposedEvent } from './log/writer.ts';
import {
  decodeBatchAppendPart,
  mayBeAppendedTo,
  readProposedEvent,
  readWriteOptions,
  sizeOf,
  type BatchAppendPart,
  type WriteOptions,
} from './requests.ts';
import { batchErrors, encodeBatchAnswer, type BatchAnswer } from './responses.ts';
import { MessageReader } from './wire/reader.ts';
import { readUuid } from './wire/uuid.ts';

type BatchCall = ServerDuplexStream<Buffer, Buffer>;

/** Milliseconds that the real server waits at most for the last part of an append, by default. */
const longestWait = 2000;

/** Many appends on one call, each in one or more parts, each answered exactly once under its correlation id. */
export const batchAppend =
  (context: ServerContext) =>
  (call: BatchCall): void => {
    const session = new BatchAppendSession(context, call);
    context.calls.add(call);
    const received: Buffer[] = [];
    const take = (): void => {
      try {
        for (const message of received.splice(0)) session.receive(decodeBatchAppendPart(message));
      } catch (error) {
        call.emit('error', toStatusError(error));
      }
    };
    const abandon = (): void => {
      received.length = 0;
      session.abandon();
    };
    call.on('data', (message: Buffer) => {
      if (received.push(message) === 1) context.log.beforehand(take);
    });
    call.on('drain', () => call.resume());
    call.on('end', () => {
      take();
      session.finish();
    });
    call.on('cancelled', abandon);
    call.on('error', abandon);
  };

/** An append of which the last part has not come yet. */
interface Pending {
  correlation: Buffer;
  options: WriteOptions;
  events: ProposedEvent[];
  size: number;
  timer?: NodeJS.Timeout;
}

class BatchAppendSession {
  readonly #context: ServerContext;
  readonly #call: BatchCall;
  readonly #pending = new Map<string, Pending>();
  #beingWritten = 0;
  #hasEnded = false;
  #isAbandoned = false;

  constructor(context: ServerContext, call: BatchCall) {
    this.#context = context;
    this.#call = call;
  }

  receive(part: BatchAppendPart): void {
    const key = this.#keyOf(part);
    if (key === undefined) return;
    try {
      const pending = this.#pending.get(key) ?? this.#begin(key, part);
      // A part of an append that was refused, or never begun: its answer is out, or nobody waits for one.
      if (!pending) return;
      for (const bytes of part.events) this.#add(pending, readProposedEvent(new MessageReader(bytes)));
      if (pending.size > this.#context.maxAppendSize)
        this.#refuse(key, pending, batchErrors.tooLarge(this.#context.maxAppendSize));
      else if (part.isFinal) this.#write(key, pending);
      else this.#watch(key, pending);
    } catch (error) {
      this.#refuseMalformed(key, part, error as Error);
    }
  }

  /** The client will send no more: what is incomplete stays so, and is said to be; then the call ends. */
  finish(): void {
    this.#hasEnded = true;
    for (const [key, pending] of this.#pending)
      this.#refuse(key, pending, batchErrors.badRequest('The call ended before the last part of the append.'));
    this.#endIfDone();
  }

  /** Nobody listens any more. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const { timer } of this.#pending.values()) clearTimeout(timer);
    this.#pending.clear();
  }

  /** Without a correlation id there is no way to answer, and any answer would crash the client. */
  #keyOf({ correlation }: BatchAppendPart): string | undefined {
    try {
      return readUuid(new MessageReader(correlation));
    } catch {
      return undefined;
    }
  }

  #begin(key: string, part: BatchAppendPart): Pending | undefined {
    if (!part.options) return undefined;
    const options = readWriteOptions(new MessageReader(part.options));
    const pending: Pending = { correlation: Buffer.from(part.correlation), options, events: [], size: 0 };
    if (options.deadline <= Date.now()) this.#refuse(key, pending, batchErrors.timeout);
    else if (!mayBeAppendedTo(options.stream)) this.#refuse(key, pending, batchErrors.impossibleStream);
    else {
      this.#pending.set(key, pending);
      return pending;
    }
    return undefined;
  }

  #add(pending: Pending, event: ProposedEvent): void {
    pending.size += sizeOf(event);
    // Beyond the limit it only matters that it is beyond.
    if (pending.size <= this.#context.maxAppendSize) pending.events.push(event);
  }

  #watch(key: string, pending: Pending): void {
    const wait = Math.min(pending.options.deadline - Date.now(), longestWait);
    pending.timer ??= setTimeout(() => this.#refuse(key, pending, batchErrors.timeout), wait);
  }

  #write(key: string, pending: Pending): void {
    this.#forget(key, pending);
    this.#beingWritten++;
    const { options, events } = pending;
    this.#context.log.append({ ...options, events }, (outcome) => {
      this.#beingWritten--;
      this.#answer(pending, resultOf(outcome, options));
      this.#endIfDone();
    });
  }

  #refuseMalformed(key: string, part: BatchAppendPart, error: Error): void {
    const known = this.#pending.get(key);
    const options: WriteOptions = known?.options ?? { stream: '', expected: 'any', deadline: Infinity };
    const pending = known ?? { correlation: Buffer.from(part.correlation), options, events: [], size: 0 };
    this.#refuse(key, pending, batchErrors.badRequest(error.message));
  }

  #refuse(key: string, pending: Pending, error: BatchAnswer['result']): void {
    this.#forget(key, pending);
    this.#answer(pending, error);
  }

  #forget(key: string, pending: Pending): void {
    clearTimeout(pending.timer);
    this.#pending.delete(key);
  }

  #answer({ correlation, options }: Pending, result: BatchAnswer['result']): void {
    if (this.#isAbandoned) return;
    const hasRoom = this.#call.write(encodeBatchAnswer({ correlation, stream: options.stream, result }));
    // Who does not take answers may not ask for more.
    if (!hasRoom) this.#call.pause();
  }

  #endIfDone(): void {
    if (this.#hasEnded && this.#beingWritten === 0 && !this.#isAbandoned) this.#call.end();
  }
}

const resultOf = (outcome: Parameters<Answer>[0], { stream, expected }: WriteOptions): BatchAnswer['result'] => {
  if (outcome.kind === 'written') return outcome;
  if (outcome.kind === 'conflict') return batchErrors.conflict(outcome.current, expected);
  return outcome.kind === 'deleted' ? batchErrors.deleted(stream) : batchErrors.unknown;
};
