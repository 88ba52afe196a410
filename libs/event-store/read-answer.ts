import type { AllStreamRecordedEvent } from '@eventstore/db-client';
import protobuf, { type Reader } from 'protobufjs/minimal.js';
import { type Fields, number, positionFields, readField, readMessage } from './message-fields.ts';
import type { Item } from './progress.ts';

/** Reads one answer to a subscription, as the client would: its way of making messages first costs several times as much. */
export const readAnswer = (bytes: Buffer): Item | 'nothing new' => {
  const reader = protobuf.Reader.create(bytes);
  const answer: Answer = { says: 'nothing new' };
  while (reader.pos < reader.len) readField(reader, answer, answerFields);
  return answer.says;
};

interface Answer {
  says: Item | 'nothing new';
}

const telling =
  (sign: Item) =>
  (answer: Answer, reader: Reader): void => {
    passed(reader);
    answer.says = sign;
  };

const answerFields: Fields<Answer> = {
  1: (answer, reader) => (answer.says = { event: eventOf(readMessage(reader, newDraft(), resolvedFields), reader) }),
  2: telling({ live: false }),
  3: (answer, reader) => (answer.says = { upTo: readMessage(reader, { commit: 0n, prepare: 0n }, positionFields) }),
  8: telling({ live: true }),
  9: telling({ live: false }),
};

/** Where bytes begin that were passed, their length before them; 0 where there are none. */
type Place = number;

/** What the fields of an event say, before it is known whether its payload is JSON. */
interface Draft {
  id: string;
  stream: string;
  revision: bigint;
  commit: bigint;
  prepare: bigint;
  type: string;
  contentType: string;
  /** In ticks of 100 ns. */
  created: string;
  metadata: Place;
  data: Place;
}
const newDraft = (): Draft => ({
  id: '',
  stream: '',
  revision: 0n,
  commit: 0n,
  prepare: 0n,
  type: '',
  contentType: '',
  created: '0',
  metadata: 0,
  data: 0,
});

const eventFields: Fields<Draft> = {
  1: (into, reader) => readMessage(reader, into, idFields),
  2: (into, reader) => readMessage(reader, into, streamFields),
  3: (into, reader) => (into.revision = number(reader)),
  4: (into, reader) => (into.prepare = number(reader)),
  5: (into, reader) => (into.commit = number(reader)),
  6: (into, reader) => note(into, readMessage(reader, { key: '', value: '' }, entryFields)),
  7: (into, reader) => (into.metadata = passed(reader)),
  8: (into, reader) => (into.data = passed(reader)),
};
const idFields: Fields<Draft> = { 2: (into, reader) => (into.id = reader.string()) };
const streamFields: Fields<Draft> = { 3: (into, reader) => (into.stream = reader.string()) };
const resolvedFields: Fields<Draft> = { 1: (into, reader) => readMessage(reader, into, eventFields) };

interface Entry {
  key: string;
  value: string;
}
const entryFields: Fields<Entry> = {
  1: (into, reader) => (into.key = reader.string()),
  2: (into, reader) => (into.value = reader.string()),
};
const note = (into: Draft, { key, value }: Entry): void => {
  if (key === 'type') into.type = value;
  else if (key === 'created') into.created = value;
  else if (key === 'content-type') into.contentType = value;
};

const ticksPerMs = 10_000;

/** As the client would have made it. */
const eventOf = (draft: Draft, reader: Reader): AllStreamRecordedEvent => {
  const isJson = draft.contentType === 'application/json';
  return {
    id: draft.id,
    streamId: draft.stream,
    revision: draft.revision,
    position: { commit: draft.commit, prepare: draft.prepare },
    type: draft.type,
    created: new Date(Math.floor(Number(draft.created) / ticksPerMs)),
    isJson,
    data: isJson ? jsonAt(reader, draft.data, textAt) : bytesAt(reader, draft.data),
    metadata: draft.metadata ? jsonAt(reader, draft.metadata, bytesAt) : undefined,
  } as AllStreamRecordedEvent;
};

const passed = (reader: Reader): Place => {
  const place = reader.pos;
  const length = reader.uint32();
  reader.skip(length);
  return length > 0 ? place : 0;
};
const bytesAt = (reader: Reader, place: Place): Uint8Array => {
  const here = reader.pos;
  reader.pos = place;
  const bytes = place ? reader.bytes() : new Uint8Array(0);
  reader.pos = here;
  return bytes;
};
const textAt = (reader: Reader, place: Place): string => {
  const here = reader.pos;
  reader.pos = place;
  const text = place ? reader.string() : '';
  reader.pos = here;
  return text;
};

const jsonAt = (reader: Reader, place: Place, otherwise: typeof textAt | typeof bytesAt): unknown => {
  const text = textAt(reader, place);
  try {
    return JSON.parse(text);
  } catch {
    return otherwise(reader, place);
  }
};
