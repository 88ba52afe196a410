import type { AllStreamRecordedEvent } from '@eventstore/db-client';
import protobuf, { type BinaryReader } from 'google-protobuf';
import type { Item } from './progress.ts';

/** Reads one answer to a subscription, as the client would: its way of making messages first costs several times as much. */
export const readAnswer = (bytes: Uint8Array): Item | 'nothing new' => {
  const reader = new protobuf.BinaryReader(bytes);
  let answer: Item | 'nothing new' = 'nothing new';
  while (reader.nextField()) {
    const read = answers[reader.getFieldNumber()];
    if (read) answer = read(reader);
    else reader.skipField();
  }
  return answer;
};

const telling =
  (sign: Item) =>
  (reader: BinaryReader): Item => {
    reader.skipField();
    return sign;
  };

/** By the number of the field that is there. */
const answers: Readonly<Record<number, (reader: BinaryReader) => Item>> = {
  1: (reader) => ({ event: eventOf(read(reader, newDraft(), resolvedFields)) }),
  2: telling({ live: false }),
  3: (reader) => ({ upTo: read(reader, { commit: 0n, prepare: 0n }, positionFields) }),
  8: telling({ live: true }),
  9: telling({ live: false }),
};

/** How to read the fields of one kind of message, by their numbers; the others are stepped over. */
type Fields<Into> = Readonly<Record<number, (into: Into, reader: BinaryReader) => void>>;

/** Reads the message that stands in the present field. */
const read = <Into>(reader: BinaryReader, into: Into, fields: Fields<Into>): Into => {
  reader.readMessage(into, () => {
    while (reader.nextField()) {
      const readField = fields[reader.getFieldNumber()];
      if (readField) readField(into, reader);
      else reader.skipField();
    }
  });
  return into;
};

const number = (reader: BinaryReader): bigint => BigInt(reader.readUint64String());

const positionFields: Fields<{ commit: bigint; prepare: bigint }> = {
  1: (into, reader) => (into.commit = number(reader)),
  2: (into, reader) => (into.prepare = number(reader)),
};

/** What the fields of an event say, before it is known whether its payload is JSON. */
interface Draft {
  id: string;
  stream: string;
  revision: bigint;
  commit: bigint;
  prepare: bigint;
  /** Type, content type and when it was written, in ticks of 100 ns. */
  readonly about: Record<string, string>;
  metadata: Uint8Array;
  data: Uint8Array;
}
const nothing = new Uint8Array(0);
const newDraft = (): Draft => ({
  id: '',
  stream: '',
  revision: 0n,
  commit: 0n,
  prepare: 0n,
  about: {},
  metadata: nothing,
  data: nothing,
});

const eventFields: Fields<Draft> = {
  1: (into, reader) => read(reader, into, idFields),
  2: (into, reader) => read(reader, into, streamFields),
  3: (into, reader) => (into.revision = number(reader)),
  4: (into, reader) => (into.prepare = number(reader)),
  5: (into, reader) => (into.commit = number(reader)),
  6: (into, reader) => {
    const { key, value } = read(reader, { key: '', value: '' }, entryFields);
    into.about[key] = value;
  },
  7: (into, reader) => (into.metadata = reader.readBytes()),
  8: (into, reader) => (into.data = reader.readBytes()),
};
const entryFields: Fields<{ key: string; value: string }> = {
  1: (into, reader) => (into.key = reader.readString()),
  2: (into, reader) => (into.value = reader.readString()),
};
const idFields: Fields<Draft> = { 2: (into, reader) => (into.id = reader.readString()) };
const streamFields: Fields<Draft> = { 3: (into, reader) => (into.stream = textOf(reader.readBytes())) };
const resolvedFields: Fields<Draft> = { 1: (into, reader) => read(reader, into, eventFields) };

const ticksPerMs = 10_000;

/** As the client would have made it. */
const eventOf = ({ about, metadata, data, ...place }: Draft): AllStreamRecordedEvent => {
  const isJson = about['content-type'] === 'application/json';
  return {
    id: place.id,
    streamId: place.stream,
    revision: place.revision,
    position: { commit: place.commit, prepare: place.prepare },
    type: about['type'] ?? '',
    created: new Date(Math.floor(Number(about['created'] ?? 0) / ticksPerMs)),
    isJson,
    data: isJson ? jsonOf(data, textOf(data)) : data,
    metadata: metadata.length ? jsonOf(metadata, metadata) : undefined,
  } as AllStreamRecordedEvent;
};

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

const jsonOf = (bytes: Uint8Array, otherwise: unknown): unknown => {
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return otherwise;
  }
};
