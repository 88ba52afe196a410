import type { EventStoreDBClient } from '@eventstore/db-client';
import unpacking from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import clientUtils from '@eventstore/db-client/dist/utils/index.js';
import generated from '@eventstore/db-client/generated/streams_pb.js';
import { type CallOptions, Client, type ClientDuplexStream, type Metadata } from '@grpc/grpc-js';
import type { Position } from '@funnel/kernel';
import { randomUUID } from 'node:crypto';
import { appendRequest, type AppendRequest } from './append-request.ts';
import { asTheClientSays } from './log-call.ts';

const { BatchAppendResp } = generated;
type Answer = InstanceType<typeof BatchAppendResp>;

export interface Acknowledged {
  /** Of the last of the events. */
  readonly revision: number;
  /** Some answers to a repeated append tell none. */
  readonly position: Position | undefined;
}

/** Calls the one method of the server by which the client appends. */
class Appends extends Client {
  open(metadata: Metadata, options: CallOptions): ClientDuplexStream<Uint8Array, Answer> {
    return this.makeBidiStreamRequest(
      '/event_store.client.streams.Streams/BatchAppend',
      ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength),
      (bytes: Buffer) => BatchAppendResp.deserializeBinary(bytes),
      metadata,
      options,
    );
  }
}

/** The client's appends on the client's connection, which it renews where it breaks, save for how they are written. */
export class AppendCall {
  readonly #waiting = new Map<string, PromiseWithResolvers<Answer>>();
  readonly #opened: () => Promise<ClientDuplexStream<Uint8Array, Answer>>;

  constructor(client: EventStoreDBClient) {
    const open = (appends: Appends) => this.#open(appends, client['callArguments']({}, { deadline: Infinity }));
    this.#opened = client['GRPCStreamCreator'](Appends, 'appendToStream', open, new WeakMap());
  }

  /** Rejects with what the client would; waits as long as the connection lives. */
  async append(wanted: Omit<AppendRequest, 'correlationId'>): Promise<Acknowledged> {
    const stream = await this.#opened();
    const correlationId = randomUUID();
    const answered = Promise.withResolvers<Answer>();
    this.#waiting.set(correlationId, answered);
    stream.write(appendRequest({ ...wanted, correlationId }), (fault?: Error | null) => {
      // The call may have ended since it was looked up.
      if (fault && this.#waiting.delete(correlationId)) answered.reject(asTheClientSays(fault));
    });
    return acknowledged(await answered.promise, wanted.stream);
  }

  #open(appends: Appends, [metadata, options]: [Metadata, CallOptions]) {
    return appends
      .open(metadata, options)
      .on('data', (answer: Answer) => this.#settle(answer))
      .on('error', (error) => this.#fail(asTheClientSays(error)))
      .on('end', () => this.#fail(new Error('the event store takes no more appends on this connection')));
  }

  #settle(answer: Answer): void {
    const id = clientUtils.parseUUID(answer.getCorrelationId()) ?? '';
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  #fail(reason: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}

const acknowledged = (answer: Answer, stream: string): Acknowledged => {
  const success = answer.getSuccess();
  const fault = answer.getError();
  if (fault) throw unpacking.unpackToCommandError(fault, stream);
  const place = success?.getPosition();
  return {
    revision: Number(success?.getCurrentRevision()),
    position: place && {
      commit: BigInt(place.getCommitPosition()),
      prepare: BigInt(place.getPreparePosition()),
    },
  };
};
