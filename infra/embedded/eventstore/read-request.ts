import { handlerFailed, invalidArgument, unreadableStream } from './errors.ts';
import { parseFilter, type EventFilter } from './filter.ts';
import { readPosition, readRevision } from './places.ts';
import { readStreamName } from './requests.ts';
import { MessageReader } from './wire/reader.ts';

/** Where to begin: a revision or position, or one of the ends. */
export type ReadFrom = number | 'start' | 'end';

export interface ReadRequest {
  /** Undefined for `$all`. */
  stream?: string;
  from: ReadFrom;
  isBackwards: boolean;
  resolveLinks: boolean;
  /** How many events at most, or everything there will ever be. */
  count: number | 'subscription';
  filter?: EventFilter;
  uuidAsText: boolean;
  /** 1 and more: the client also wants to hear where the stream begins and ends. */
  compatibility: number;
}

/** Throws a StatusError or MalformedMessage. */
export const decodeReadRequest = (buffer: Buffer): ReadRequest => {
  const outer = new MessageReader(buffer);
  const request: ReadRequest = { ...defaults };
  for (let field = outer.next(); field !== 0; field = outer.next()) {
    if (field === 1) readOptions(request, outer.message());
    else outer.skip();
  }
  check(request);
  return request;
};

const check = (request: ReadRequest): void => {
  const { stream, filter, count, isBackwards } = request;
  if (stream !== undefined && filter) throw invalidArgument('A stream cannot be read with a filter.');
  if (stream === '') throw handlerFailed();
  if (count === 'subscription') {
    if (isBackwards) throw invalidArgument('A subscription cannot go backwards.');
    if (filter?.checkpointInterval === 0) throw handlerFailed();
  } else if (stream !== undefined && !isReadable(request)) throw unreadableStream();
};

const isReadable = ({ count, from, isBackwards }: ReadRequest): boolean =>
  count !== 0 && (isBackwards || from !== 'end');

const defaults: ReadRequest = {
  from: 'start',
  isBackwards: false,
  resolveLinks: false,
  count: 0,
  uuidAsText: false,
  compatibility: 0,
};

const readOptions = (request: ReadRequest, options: MessageReader): void => {
  for (let field = options.next(); field !== 0; field = options.next()) {
    const read = optionFields[field];
    if (read) read(request, options);
    else options.skip();
  }
};

const optionFields: Record<number, (request: ReadRequest, options: MessageReader) => void> = {
  1: (request, options) => readStreamOptions(request, options.message()),
  2: (request, options) => readAllOptions(request, options.message()),
  3: (request, options) => (request.isBackwards = options.number() === 1),
  4: (request, options) => (request.resolveLinks = options.number() !== 0),
  5: (request, options) => (request.count = options.number()),
  6: (request, options) => {
    options.skip();
    request.count = 'subscription';
  },
  7: (request, options) => (request.filter = parseFilter(options.message())),
  9: (request, options) => (request.uuidAsText = options.message().next() === 2),
  10: (request, options) => (request.compatibility = firstNumber(options.message())),
};

const readStreamOptions = (request: ReadRequest, reader: MessageReader): void => {
  request.stream = '';
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) request.stream = readStreamName(reader.message());
    else if (field === 2) request.from = readRevision(reader);
    else readEnd(request, reader, field - 2);
  }
};

const readAllOptions = (request: ReadRequest, reader: MessageReader): void => {
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) request.from = readPosition(reader.message());
    else readEnd(request, reader, field - 1);
  }
};

const readEnd = (request: ReadRequest, reader: MessageReader, which: number): void => {
  if (which === 1) request.from = 'start';
  else if (which === 2) request.from = 'end';
  reader.skip();
};

const firstNumber = (reader: MessageReader): number => {
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) return reader.number();
    reader.skip();
  }
  return 0;
};
