import { readPosition, readRevision } from '../places.ts';
import { readStreamName } from '../requests.ts';
import { MessageReader } from '../wire/reader.ts';
import { failed } from './refusals.ts';
import {
  allStream,
  strategyNames,
  type GroupDefinition,
  type GroupKey,
  type GroupSettings,
  type StartFrom,
  type StrategyName,
} from './settings.ts';

/** Create and update requests, which share their layout; the filter stays as it is. Throws a StatusError or MalformedMessage. */
export const decodeDefinition = (buffer: Buffer): GroupDefinition => {
  const outer = new MessageReader(buffer);
  const draft: Draft = { stream: '', name: '', isAll: false, strategy: '', settings: { ...defaults } };
  for (let field = outer.next(); field !== 0; field = outer.next()) {
    if (field === 1) readFields(draft, outer.message(), optionFields);
    else outer.skip();
  }
  return finish(draft);
};

interface Draft {
  stream: string;
  name: string;
  isAll: boolean;
  /** By name; newer clients send it instead of the number. */
  strategy: string;
  settings: GroupSettings;
  /** Said outside of the settings, which then does not count there. */
  startFrom?: StartFrom;
  filter?: string;
}

const defaults: GroupSettings = {
  startFrom: 'start',
  resolveLinks: false,
  extraStatistics: false,
  messageTimeout: 0,
  maxRetryCount: 0,
  checkpointAfter: 0,
  minCheckpointCount: 0,
  maxCheckpointCount: 0,
  maxSubscriberCount: 0,
  liveBufferSize: 0,
  readBatchSize: 0,
  historyBufferSize: 0,
  strategy: 'DispatchToSingle',
};

type Fields = Record<number, (draft: Draft, reader: MessageReader) => void>;

const readFields = (draft: Draft, reader: MessageReader, fields: Fields): void => {
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    const read = fields[field];
    if (read) read(draft, reader);
    else reader.skip();
  }
};

/** Negative numbers mean nothing here, and count as none. */
const count = (reader: MessageReader): number => Math.max(0, Number(BigInt.asIntN(64, reader.bigint())));
/** Ticks of 100 ns, as milliseconds. */
const ticks = (reader: MessageReader): number => Math.floor(count(reader) / 10_000);
const isTrue = (reader: MessageReader): boolean => reader.number() !== 0;

const startAt =
  (end: 'start' | 'end') =>
  (draft: Draft, reader: MessageReader): void => {
    reader.skip();
    draft.startFrom = end;
  };

const settingFields: Fields = {
  1: ({ settings }, reader) => (settings.resolveLinks = isTrue(reader)),
  // Before there were groups on everything, the start was said here; some clients say it only here to this day.
  2: ({ settings }, reader) => (settings.startFrom = readRevision(reader)),
  3: ({ settings }, reader) => (settings.extraStatistics = isTrue(reader)),
  4: ({ settings }, reader) => (settings.messageTimeout = ticks(reader)),
  5: ({ settings }, reader) => (settings.maxRetryCount = count(reader)),
  6: ({ settings }, reader) => (settings.checkpointAfter = ticks(reader)),
  7: ({ settings }, reader) => (settings.minCheckpointCount = count(reader)),
  8: ({ settings }, reader) => (settings.maxCheckpointCount = count(reader)),
  9: ({ settings }, reader) => (settings.maxSubscriberCount = count(reader)),
  10: ({ settings }, reader) => (settings.liveBufferSize = count(reader)),
  11: ({ settings }, reader) => (settings.readBatchSize = count(reader)),
  12: ({ settings }, reader) => (settings.historyBufferSize = count(reader)),
  13: ({ settings }, reader) => (settings.strategy = strategyNames[count(reader)] ?? settings.strategy),
  14: ({ settings }, reader) => (settings.messageTimeout = count(reader)),
  15: ({ settings }, reader) => (settings.checkpointAfter = count(reader)),
  16: (draft, reader) => (draft.strategy = reader.text()),
};

const streamFields: Fields = {
  1: (draft, reader) => (draft.stream = readStreamName(reader.message())),
  2: (draft, reader) => (draft.startFrom = readRevision(reader)),
  3: startAt('start'),
  4: startAt('end'),
};

const allFields: Fields = {
  1: (draft, reader) => (draft.startFrom = readPosition(reader.message())),
  2: startAt('start'),
  3: startAt('end'),
  4: (draft, reader) => (draft.filter = reader.bytes().toString('base64')),
};

const optionFields: Fields = {
  1: (draft, reader) => (draft.stream = readStreamName(reader.message())),
  2: (draft, reader) => (draft.name = reader.text()),
  3: (draft, reader) => readFields(draft, reader.message(), settingFields),
  4: (draft, reader) => readFields(draft, reader.message(), streamFields),
  5: (draft, reader) => {
    draft.isAll = true;
    readFields(draft, reader.message(), allFields);
  },
};

const finish = (draft: Draft): GroupDefinition => {
  const { isAll, stream, name, strategy, settings, startFrom, filter } = draft;
  const key = { stream: isAll ? allStream : stream, name };
  if (key.stream === '') throw failed(key, 'Bad stream name.');
  if (name === '') throw failed(key, 'The name of the group is missing.');
  if (!isAll && stream === allStream)
    throw failed(key, 'Persistent subscriptions to $all are only supported over gRPC through gRPC clients');
  if (strategy !== '') settings.strategy = knownStrategy(key, strategy);
  checkSizes(key, settings);
  return { ...key, settings: { ...settings, startFrom: startFrom ?? settings.startFrom }, filter };
};

const knownStrategy = (key: GroupKey, name: string): StrategyName => {
  const strategy = strategyNames.find((known) => known === name);
  if (!strategy) throw failed(key, `Consumer strategy ${name} does not exist.`);
  return strategy;
};

/** In the real server's words, such as they are. */
const tooSmallBuffer =
  "Specified argument was out of the range of valid values. (Parameter 'ReadBatchSize may not be greater than or equal to BufferSize')";

const checkSizes = (key: GroupKey, { historyBufferSize, liveBufferSize, readBatchSize }: GroupSettings): void => {
  if (liveBufferSize <= 0) throw failed(key, 'The live buffer must hold at least one event.');
  if (readBatchSize <= 0) throw failed(key, 'A read must bring at least one event.');
  if (historyBufferSize <= readBatchSize) throw failed(key, tooSmallBuffer);
};
