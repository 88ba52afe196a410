import generated from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import protobuf, { type BinaryWriter } from 'google-protobuf';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Written } from './envelope.ts';

/** What the server is asked to append, all or nothing. */
export interface AppendRequest {
  /** A UUID that the answer will name. */
  readonly correlationId: string;
  readonly stream: string;
  readonly events: readonly Written[];
  /** Revision of the last event there; -1 for a stream that must not exist yet. */
  readonly expected: number;
  /** How long the answer is waited for, in milliseconds. */
  readonly deadlineMs: number;
}

/**
 * As the bytes that the client would send: its way of making messages encodes each event's JSON anew, through base64, and
 * writes each event twice.
 */
export const appendRequest = ({ correlationId, events, ...where }: AppendRequest): Uint8Array => {
  const writer = new protobuf.BinaryWriter();
  writer.writeMessage(1, correlationId, writeUuid);
  writer.writeBytes(2, optionsOf(where).serializeBinary());
  for (const event of events) writer.writeMessage(3, event, writeEvent);
  writer.writeBool(4, true);
  return writer.getResultBuffer();
};

const optionsOf = ({ stream, expected, deadlineMs }: Omit<AppendRequest, 'correlationId' | 'events'>) => {
  const options = new generated.BatchAppendReq.Options();
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  options.setStreamIdentifier(name);
  options.setDeadline(timestamps.Timestamp.fromDate(new Date(Date.now() + deadlineMs)));
  if (expected < 0) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(`${expected}`);
  return options;
};

const writeUuid = (id: string, writer: BinaryWriter): void => writer.writeString(2, id);

const writeEvent = ({ id, type, data, metadata }: Written, writer: BinaryWriter): void => {
  writer.writeMessage(1, id, writeUuid);
  writer.writeBytes(2, entry('type', type));
  writer.writeBytes(2, isJson);
  writer.writeBytes(3, metadata);
  writer.writeBytes(4, data);
};

const entry = (key: string, value: string): Uint8Array => {
  const writer = new protobuf.BinaryWriter();
  writer.writeString(1, key);
  writer.writeString(2, value);
  return writer.getResultBuffer();
};
const isJson = entry('content-type', 'application/json');
