import protobuf, { type Writer } from 'protobufjs/minimal.js';
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
  const writer = protobuf.Writer.create();
  writeUuid(writer, 1, correlationId);
  writeOptions(writer, where);
  for (const event of events) writeEvent(writer, event);
  return writer.uint32(numberIn(4)).bool(true).finish();
};

/** What a field begins with: its number, and whether its own length or a number follows. */
const lengthIn = (field: number): number => field * 8 + 2;
const numberIn = (field: number): number => field * 8;

/** Begins a message in a field; `ldelim` ends it. */
const open = (writer: Writer, field: number): Writer => writer.uint32(lengthIn(field)).fork();

const writeUuid = (writer: Writer, field: number, id: string): void => {
  open(writer, field).uint32(lengthIn(2)).string(id).ldelim();
};

type Where = Omit<AppendRequest, 'correlationId' | 'events'>;

const writeOptions = (writer: Writer, { stream, expected, deadlineMs }: Where): void => {
  open(writer, 2);
  open(writer, 1).uint32(lengthIn(3)).bytes(Buffer.from(stream)).ldelim();
  if (expected < 0) open(writer, 3).ldelim();
  else writer.uint32(numberIn(2)).uint64(expected);
  writeInstant(writer, 6, Math.floor(Date.now() + deadlineMs));
  writer.ldelim();
};

/** Of milliseconds since 1970. */
const writeInstant = (writer: Writer, field: number, at: number): void => {
  open(writer, field)
    .uint32(numberIn(1))
    .int64(Math.floor(at / 1_000));
  writer.uint32(numberIn(2)).int32((at % 1_000) * 1_000_000);
  writer.ldelim();
};

const writeEvent = (writer: Writer, { id, type, data, metadata }: Written): void => {
  open(writer, 3);
  writeUuid(writer, 1, id);
  writeEntry(writer, 2, ['type', type]);
  writeEntry(writer, 2, ['content-type', 'application/json']);
  writer.uint32(lengthIn(3)).bytes(metadata).uint32(lengthIn(4)).bytes(data).ldelim();
};

const writeEntry = (writer: Writer, field: number, [key, value]: readonly [string, string]): void => {
  open(writer, field).uint32(lengthIn(1)).string(key).uint32(lengthIn(2)).string(value).ldelim();
};
