import { handlerFailed, invalidArgument } from '../errors.ts';
import { readStreamName } from '../requests.ts';
import { MessageReader } from '../wire/reader.ts';
import { readUuid } from '../wire/uuid.ts';
import type { Refusal } from './group.ts';
import { failed } from './refusals.ts';
import { allStream, type GroupKey } from './settings.ts';

/** Where a message keeps the parts of a group's name: each kind of request has its own numbers. */
interface KeyFields {
  stream: number;
  all: number;
  name: number;
}

type Others = Record<number, (reader: MessageReader) => void>;

const readKey = (reader: MessageReader, fields: KeyFields, others: Others = {}): GroupKey => {
  const key: GroupKey = { stream: '', name: '' };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === fields.stream) key.stream = readStreamName(reader.message());
    else if (field === fields.name) key.name = reader.text();
    else {
      if (field === fields.all) key.stream = allStream;
      (others[field] ?? skip)(reader);
    }
  }
  return key;
};

const skip = (reader: MessageReader): void => reader.skip();

/** The options, which are the first field of every request but those on an open call. */
const optionsOf = (buffer: Buffer): MessageReader => {
  const reader = new MessageReader(buffer);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) return reader.message();
    reader.skip();
  }
  throw invalidArgument('The options are missing.');
};

export const decodeDelete = (buffer: Buffer): GroupKey => readKey(optionsOf(buffer), { stream: 1, name: 2, all: 3 });

export const decodeGetInfo = (buffer: Buffer): GroupKey => readKey(optionsOf(buffer), { stream: 1, all: 2, name: 3 });

/** `stopAt` is missing if everything that was parked shall be replayed. */
export const decodeReplayParked = (buffer: Buffer): { key: GroupKey; stopAt?: number } => {
  let stopAt: number | undefined;
  const key = readKey(
    optionsOf(buffer),
    { name: 1, stream: 2, all: 3 },
    { 4: (reader) => (stopAt = Number(BigInt.asIntN(64, reader.bigint()))) },
  );
  if (stopAt !== undefined && stopAt < 0)
    throw failed(key, 'Cannot stop replaying parked message at a negative version.');
  return { key, stopAt };
};

/** The stream whose groups are asked for; undefined for all groups. */
export const decodeList = (buffer: Buffer): string | undefined => {
  const options = optionsOf(buffer);
  for (let field = options.next(); field !== 0; field = options.next()) {
    if (field === 2) return readKey(options.message(), { stream: 1, all: 2, name: 0 }).stream;
    options.skip();
  }
  return undefined;
};

export interface ReadOptions {
  key: GroupKey;
  bufferSize: number;
  uuidAsText: boolean;
}

/** What a consumer says: first who it is, then what became of the events. */
export type ConsumerRequest =
  | { kind: 'options'; options: ReadOptions }
  | { kind: 'ack'; ids: string[] }
  | { kind: 'nack'; ids: string[]; refusal: Refusal; reason: string };

export const decodeConsumerRequest = (buffer: Buffer): ConsumerRequest => {
  const reader = new MessageReader(buffer);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) return { kind: 'options', options: readOptions(reader.message()) };
    if (field === 2) return { kind: 'ack', ids: readVerdict(reader.message()).ids };
    if (field === 3) return { kind: 'nack', ...readVerdict(reader.message()) };
    reader.skip();
  }
  throw invalidArgument('A consumer sends options, an ack or a nack.');
};

const readOptions = (reader: MessageReader): ReadOptions => {
  const options = { bufferSize: 0, uuidAsText: false };
  const key = readKey(
    reader,
    { stream: 1, name: 2, all: 5 },
    {
      3: (field) => (options.bufferSize = Number(BigInt.asIntN(32, field.bigint()))),
      4: (field) => (options.uuidAsText = field.message().next() === 2),
    },
  );
  if (options.bufferSize < 1 || key.name === '') throw handlerFailed();
  return { key, ...options };
};

const refusals: Refusal[] = ['unknown', 'park', 'retry', 'skip', 'stop'];

const readVerdict = (reader: MessageReader): { ids: string[]; refusal: Refusal; reason: string } => {
  const verdict = { ids: [] as string[], refusal: 'unknown' as Refusal, reason: '' };
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 2) verdict.ids.push(readUuid(reader.message()));
    else if (field === 3) verdict.refusal = refusalOf(reader.number());
    else if (field === 4) verdict.reason = reader.text();
    else reader.skip();
  }
  return verdict;
};

const refusalOf = (number: number): Refusal => {
  const refusal = refusals[number];
  if (!refusal) throw invalidArgument(`There is no nack action ${number}.`);
  return refusal;
};
