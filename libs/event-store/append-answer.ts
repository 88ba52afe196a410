import unpacking from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import clientUtils from '@eventstore/db-client/dist/utils/index.js';
import generated from '@eventstore/db-client/generated/streams_pb.js';
import type { Position } from '@funnel/kernel';
import protobuf from 'protobufjs/minimal.js';
import { type Fields, number, positionFields, readField, readMessage } from './message-fields.ts';

/** What the server made of an append. */
export interface AppendAnswer {
  /** That of the request. */
  readonly correlationId: string;
  /** @throws what the client would throw where it was refused; `stream`: what it was to be appended to */
  readonly acknowledged: (stream: string) => Acknowledged;
}

export interface Acknowledged {
  /** Of the last of the events. */
  readonly revision: number;
  /** Some answers to a repeated append tell none. */
  readonly position: Position | undefined;
}

/** Reads an answer as the client would; by its own messages one that refuses, and one that writes the id as two numbers. */
export const readAppendAnswer = (bytes: Buffer): AppendAnswer => {
  const reader = protobuf.Reader.create(bytes);
  const draft: Draft = { correlationId: '', revision: undefined, position: undefined };
  while (reader.pos < reader.len) readField(reader, draft, answerFields);
  const { correlationId, revision, position } = draft;
  if (correlationId === '' || revision === undefined) return byTheClient(bytes);
  return { correlationId, acknowledged: () => ({ revision, position }) };
};

interface Draft {
  correlationId: string;
  revision: number | undefined;
  position: Position | undefined;
}

const idFields: Fields<Draft> = { 2: (into, reader) => (into.correlationId = reader.string()) };
const successFields: Fields<Draft> = {
  1: (into, reader) => (into.revision = Number(number(reader))),
  3: (into, reader) => (into.position = readMessage(reader, { commit: 0n, prepare: 0n }, positionFields)),
};
const answerFields: Fields<Draft> = {
  1: (into, reader) => readMessage(reader, into, idFields),
  3: (into, reader) => readMessage(reader, into, successFields),
};

const byTheClient = (bytes: Buffer): AppendAnswer => {
  const answer = generated.BatchAppendResp.deserializeBinary(bytes);
  return {
    correlationId: clientUtils.parseUUID(answer.getCorrelationId()) ?? '',
    acknowledged: (stream) => {
      const fault = answer.getError();
      if (fault) throw unpacking.unpackToCommandError(fault, stream);
      const success = answer.getSuccess();
      const place = success?.getPosition();
      return {
        revision: Number(success?.getCurrentRevision()),
        position: place && {
          commit: BigInt(place.getCommitPosition()),
          prepare: BigInt(place.getPreparePosition()),
        },
      };
    },
  };
};
