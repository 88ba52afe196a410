import { EmptyArgument, invalidArgument, requiredMetadataMissing } from './errors.ts';
import { decodeEntry } from './log/record.ts';
import type { ExpectedRevision } from './log/revisions.ts';
import type { ProposedEvent } from './log/writer.ts';
import { readRevision } from './places.ts';
import { MessageReader } from './wire/reader.ts';
import { readUuid } from './wire/uuid.ts';

/** The options that append, batch append, delete and tombstone share, with the same field numbers. */
export interface WriteOptions {
  stream: string;
  expected: ExpectedRevision;
  /** Milliseconds since 1970; Infinity if none is set. */
  deadline: number;
}

const words: Record<number, ExpectedRevision> = { 3: 'no_stream', 4: 'any', 5: 'stream_exists' };

/** Metadata of the stream without a name; nothing can be appended to either. */
const metadataOfNothing = '$$';

export const mayBeAppendedTo = (stream: string): boolean => stream !== '' && stream !== metadataOfNothing;

/** Throws if the expected revision is missing. */
export const readWriteOptions = (reader: MessageReader): WriteOptions => {
  let stream = '';
  let expected: ExpectedRevision | undefined;
  let deadline = Infinity;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) stream = readStreamName(reader.message());
    else if (field === 2) expected = expectedRevision(reader);
    else if (field === 6) deadline = readSeconds(reader.message());
    else if (field === 7) deadline = Date.now() + readSeconds(reader.message());
    else {
      expected = words[field] ?? expected;
      reader.skip();
    }
  }
  if (expected === undefined) throw invalidArgument('The expected revision of the stream is missing.');
  return { stream, expected, deadline };
};

const expectedRevision = (reader: MessageReader): ExpectedRevision => {
  const revision = readRevision(reader);
  return revision === 'end' ? 'no_stream' : revision;
};

/** A StreamIdentifier message. */
export const readStreamName = (reader: MessageReader): string => {
  let name = '';
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 3) name = reader.text();
    else reader.skip();
  }
  return name;
};

/** A Timestamp or a Duration, in milliseconds; a negative one counts as zero. */
const readSeconds = (reader: MessageReader): number => {
  let milliseconds = 0;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) milliseconds += readSigned(reader) * 1000;
    else if (field === 2) milliseconds += Math.ceil(readSigned(reader) / 1_000_000);
    else reader.skip();
  }
  return Math.max(0, milliseconds);
};

const readSigned = (reader: MessageReader): number => Number(BigInt.asIntN(64, reader.bigint()));

const nothing = new Uint8Array(0);

/** Throws if the id, the type or the content type is missing or says nothing. */
export const readProposedEvent = (reader: MessageReader): ProposedEvent => {
  const event: Pick<ProposedEvent, 'id' | 'data' | 'metadata'> = { id: '', data: nothing, metadata: nothing };
  const properties = new Map<string, string>();
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) event.id = readUuid(reader.message());
    else if (field === 2) properties.set(...decodeEntry(reader.message()));
    else if (field === 3) event.metadata = reader.bytes();
    else if (field === 4) event.data = reader.bytes();
    else reader.skip();
  }
  return { ...event, ...checkProperties(event.id, properties) };
};

const emptyId = '00000000-0000-0000-0000-000000000000';

const checkProperties = (id: string, properties: ReadonlyMap<string, string>) => {
  if (id === '') throw invalidArgument('An event has no id.');
  const type = properties.get('type');
  const contentType = properties.get('content-type');
  if (type === undefined) throw requiredMetadataMissing('type');
  if (contentType === undefined) throw requiredMetadataMissing('content-type');
  if (id === emptyId) throw new EmptyArgument('eventId');
  if (type === '') throw new EmptyArgument('eventType');
  return { type, isJson: contentType === 'application/json' };
};

/** What an event counts towards the maximum size of an append: its type is counted as UTF-16. */
export const sizeOf = (event: ProposedEvent): number =>
  event.data.length + event.metadata.length + event.type.length * 2;

/** One message of a classic append: the options first, then one event each. */
export type AppendPart = { options: MessageReader } | { event: MessageReader };

export const decodeAppendPart = (buffer: Buffer): AppendPart => {
  const reader = new MessageReader(buffer);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) return { options: reader.message() };
    if (field === 2) return { event: reader.message() };
    reader.skip();
  }
  throw invalidArgument('A part of an append is neither options nor an event.');
};

export interface BatchAppendPart {
  /** The correlation id as it came, to be sent back the same way. */
  correlation: Buffer;
  options?: Buffer;
  events: Buffer[];
  isFinal: boolean;
}

/** Only the outer layer: what is wrong inside is answered under the correlation id and harms no other append. */
export const decodeBatchAppendPart = (buffer: Buffer): BatchAppendPart => {
  const reader = new MessageReader(buffer);
  const part: BatchAppendPart = { correlation: Buffer.alloc(0), events: [], isFinal: false };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) part.correlation = reader.bytes();
    else if (field === 2) part.options = reader.bytes();
    else if (field === 3) part.events.push(reader.bytes());
    else if (field === 4) part.isFinal = reader.number() !== 0;
    else reader.skip();
  }
  return part;
};

/** Delete and tombstone requests. */
export const decodeDeleteRequest = (buffer: Buffer): MessageReader => {
  const reader = new MessageReader(buffer);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) return reader.message();
    reader.skip();
  }
  throw invalidArgument('The options are missing.');
};
