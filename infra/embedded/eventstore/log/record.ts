import { largestSigned } from '../wire/integers.ts';
import { MessageReader } from '../wire/reader.ts';
import { readUuid, writeUuidHalves } from '../wire/uuid.ts';
import { encode, type MessageWriter } from '../wire/writer.ts';

/**
 * The revision of the last event of a tombstoned stream, as kept in the database. On the wire it is the largest 64-bit
 * integer, which a JavaScript number cannot hold; nothing else ever gets this far.
 */
export const tombstoneRevision = Number.MAX_SAFE_INTEGER;

export const revisionOnTheWire = (revision: number): number | bigint =>
  revision === tombstoneRevision ? largestSigned : revision;

export interface RecordedEvent {
  /** Lower-case text with dashes. */
  id: string;
  stream: string;
  revision: number;
  position: number;
  /** Milliseconds since 1970. */
  created: number;
  type: string;
  isJson: boolean;
  data: Uint8Array;
  metadata: Uint8Array;
}

/**
 * The answer to a read that holds this event, ready to be sent. This is also how events are stored: a read then copies
 * bytes instead of building messages.
 */
export const encodeReadEvent = (event: RecordedEvent): Buffer =>
  encodeResolvedEvent({ event, position: event.position });

/** The event behind a link together with the link, or a link to an event that is gone. */
export interface ResolvedEvent {
  event?: RecordedEvent;
  link?: RecordedEvent;
  /** Where a reader goes on from: the link's place if there is one. */
  position: number;
}

export const encodeResolvedEvent = (resolved: ResolvedEvent, uuidAsText = true): Buffer =>
  encode((answer) =>
    answer.message(1, (readEvent) => {
      if (resolved.event) writeRecord(readEvent, 1, { event: resolved.event, uuidAsText });
      if (resolved.link) writeRecord(readEvent, 2, { event: resolved.link, uuidAsText });
      readEvent.number(3, resolved.position);
    }),
  );

const writeRecord = (
  writer: MessageWriter,
  field: number,
  { event, uuidAsText }: { event: RecordedEvent; uuidAsText: boolean },
): void => {
  writer.message(field, (record) => {
    record.message(1, (uuid) => (uuidAsText ? uuid.text(2, event.id) : writeUuidHalves(uuid, event.id)));
    record.message(2, (stream) => stream.text(3, event.stream));
    record.number(3, revisionOnTheWire(event.revision));
    record.number(4, event.position).number(5, event.position);
    writeEntry(record, 'type', event.type);
    writeEntry(record, 'created', `${event.created}0000`); // ticks of 100 ns
    writeEntry(record, 'content-type', event.isJson ? 'application/json' : 'application/octet-stream');
    record.bytes(7, event.metadata).bytes(8, event.data);
  });
};

const writeEntry = (record: MessageWriter, key: string, value: string): void => {
  record.message(6, (entry) => entry.text(1, key).text(2, value));
};

/** Reads back a stored answer. Data and metadata are views of it. */
export const decodeReadEvent = (message: Buffer): RecordedEvent => {
  const readEvent = enter(new MessageReader(message), 1);
  return decodeRecord(enter(readEvent, 1));
};

/** Only the stream or the type of a stored answer: what filters look at, without reading the rest. */
export const subjectOf = (message: Buffer, subject: 'stream' | 'type'): string => {
  const record = enter(enter(new MessageReader(message), 1), 1);
  for (let field = record.next(); field !== 0; field = record.next()) {
    if (field === 2 && subject === 'stream') return enterText(record.message(), 3);
    const [key, value] = field === 6 && subject === 'type' ? decodeEntry(record.message()) : [];
    if (key === 'type') return value!;
    if (key === undefined) record.skip();
  }
  return '';
};

const enter = (reader: MessageReader, field: number): MessageReader => {
  for (let found = reader.next(); found !== 0; found = reader.next()) {
    if (found === field) return reader.message();
    reader.skip();
  }
  throw new Error('A stored record is not an event.');
};

const decodeRecord = (reader: MessageReader): RecordedEvent => {
  const event: RecordedEvent = { ...blank };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    const read = fields[field];
    if (read) read(event, reader);
    else reader.skip();
  }
  return event;
};

const nothing = new Uint8Array(0);
const blank: RecordedEvent = {
  id: '',
  stream: '',
  revision: 0,
  position: 0,
  created: 0,
  type: '',
  isJson: false,
  data: nothing,
  metadata: nothing,
};

const fields: Record<number, (event: RecordedEvent, reader: MessageReader) => void> = {
  1: (event, reader) => (event.id = readUuid(reader.message())),
  2: (event, reader) => (event.stream = enterText(reader.message(), 3)),
  3: (event, reader) => (event.revision = Math.min(reader.number(), tombstoneRevision)),
  4: (event, reader) => (event.position = reader.number()),
  6: (event, reader) => readEntry(event, reader.message()),
  7: (event, reader) => (event.metadata = reader.bytes()),
  8: (event, reader) => (event.data = reader.bytes()),
};

const enterText = (reader: MessageReader, field: number): string => {
  for (let found = reader.next(); found !== 0; found = reader.next()) {
    if (found === field) return reader.text();
    reader.skip();
  }
  return '';
};

const readEntry = (event: RecordedEvent, reader: MessageReader): void => {
  const [key, value] = decodeEntry(reader);
  if (key === 'type') event.type = value;
  else if (key === 'created') event.created = Number(value.slice(0, -4));
  else if (key === 'content-type') event.isJson = value === 'application/json';
};

/** One entry of a map of texts. */
export const decodeEntry = (reader: MessageReader): [key: string, value: string] => {
  const entry: [string, string] = ['', ''];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) entry[0] = reader.text();
    else if (field === 2) entry[1] = reader.text();
    else reader.skip();
  }
  return entry;
};
