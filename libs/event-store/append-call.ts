import type { EventStoreDBClient } from '@eventstore/db-client';
import { type CallOptions, Client, type ClientDuplexStream, type Metadata } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { type Acknowledged, type AppendAnswer, readAppendAnswer } from './append-answer.ts';
import { appendRequest, type AppendRequest } from './append-request.ts';
import { asTheClientSays } from './log-call.ts';

/** Calls the one method of the server by which the client appends. */
class Appends extends Client {
  open(metadata: Metadata, options: CallOptions): ClientDuplexStream<Uint8Array, AppendAnswer> {
    return this.makeBidiStreamRequest(
      '/event_store.client.streams.Streams/BatchAppend',
      ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength),
      readAppendAnswer,
      metadata,
      options,
    );
  }
}

/**
 * The client's appends on the client's connection, which it renews where it breaks, save for how they are written and how
 * their answers are read.
 */
export class AppendCall {
  readonly #waiting = new Map<string, PromiseWithResolvers<AppendAnswer>>();
  readonly #opened: () => Promise<ClientDuplexStream<Uint8Array, AppendAnswer>>;

  constructor(client: EventStoreDBClient) {
    const open = (appends: Appends) => this.#open(appends, client['callArguments']({}, { deadline: Infinity }));
    this.#opened = client['GRPCStreamCreator'](Appends, 'appendToStream', open, new WeakMap());
  }

  /** Rejects with what the client would; waits as long as the connection lives. */
  async append(wanted: Omit<AppendRequest, 'correlationId'>): Promise<Acknowledged> {
    const stream = await this.#opened();
    const correlationId = randomUUID();
    const answered = Promise.withResolvers<AppendAnswer>();
    this.#waiting.set(correlationId, answered);
    stream.write(appendRequest({ ...wanted, correlationId }), (fault?: Error | null) => {
      // The call may have ended since it was looked up.
      if (fault && this.#waiting.delete(correlationId)) answered.reject(asTheClientSays(fault));
    });
    const { acknowledged } = await answered.promise;
    return acknowledged(wanted.stream);
  }

  #open(appends: Appends, [metadata, options]: [Metadata, CallOptions]) {
    return appends
      .open(metadata, options)
      .on('data', (answer: AppendAnswer) => this.#settle(answer))
      .on('error', (error) => this.#fail(asTheClientSays(error)))
      .on('end', () => this.#fail(new Error('the event store takes no more appends on this connection')));
  }

  #settle(answer: AppendAnswer): void {
    this.#waiting.get(answer.correlationId)?.resolve(answer);
    this.#waiting.delete(answer.correlationId);
  }

  #fail(reason: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
