import type { Scratch } from './scratch.ts';
import { checkDocument, Elements, int32At, MalformedBson } from './bson/elements.ts';

/** One request as it came: the body, and the document sequences beside it by the name of the field they stand for. */
export interface Request {
  readonly id: number;
  readonly body: Buffer;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** The client awaits no answer. */
  readonly isFireAndForget: boolean;
  /** A message of the old kind wants an answer of the old kind, and names its database outside of the body. */
  readonly legacyDatabase: string | null;
}

const opCode = { reply: 1, query: 2004, message: 2013 } as const;
const flag = { checksumPresent: 1, moreToCome: 2 } as const;
const knownRequiredFlags = flag.checksumPresent | flag.moreToCome;

export const headerSize = 16;

const documentAt = (bytes: Buffer, at: number, end: number): Buffer => {
  const size = at + 4 <= end ? int32At(bytes, at) : 0;
  if (size < 5 || at + size > end) throw new MalformedBson('a document runs past the end of its message');
  const document = bytes.subarray(at, at + size);
  checkDocument(document);
  return document;
};

const readSequence = (bytes: Buffer, at: number, end: number): [name: string, documents: Buffer[]] => {
  const nameEnd = bytes.indexOf(0, at);
  if (nameEnd < 0 || nameEnd >= end) throw new MalformedBson('a document sequence has no name');
  const documents: Buffer[] = [];
  for (let position = nameEnd + 1; position < end;) {
    const document = documentAt(bytes, position, end);
    documents.push(document);
    position += document.length;
  }
  return [bytes.toString('utf8', at, nameEnd), documents];
};

const readSections = (bytes: Buffer, end: number): Pick<Request, 'body' | 'sequences'> => {
  const sequences = new Map<string, readonly Buffer[]>();
  let body: Buffer | null = null;
  for (let at = headerSize + 4; at < end;) {
    const kind = bytes[at++];
    if (kind === 0 && !body) {
      body = documentAt(bytes, at, end);
      at += body.length;
    } else if (kind === 1) {
      const size = at + 4 <= end ? int32At(bytes, at) : 0;
      if (size < 5 || at + size > end) throw new MalformedBson('a document sequence runs past its message');
      sequences.set(...readSequence(bytes, at + 4, at + size));
      at += size;
    } else {
      throw new MalformedBson(`a message has a section of kind ${kind} where none belongs`);
    }
  }
  if (!body) throw new MalformedBson('a message has no body');
  return { body, sequences };
};

const readMessage = (bytes: Buffer): Request => {
  const flags = bytes.length >= headerSize + 4 ? int32At(bytes, headerSize) : -1;
  if (flags & 0xffff & ~knownRequiredFlags) throw new MalformedBson(`a message has unknown flags: ${flags}`);
  const end = bytes.length - (flags & flag.checksumPresent ? 4 : 0);
  return {
    id: int32At(bytes, 4),
    ...readSections(bytes, end),
    isFireAndForget: (flags & flag.moreToCome) !== 0,
    legacyDatabase: null,
  };
};

const readQuery = (bytes: Buffer): Request => {
  const nameEnd = bytes.indexOf(0, headerSize + 4);
  if (nameEnd < 0 || nameEnd + 9 > bytes.length) throw new MalformedBson('a query has no namespace');
  const namespace = bytes.toString('utf8', headerSize + 4, nameEnd);
  const body = documentAt(bytes, nameEnd + 9, bytes.length);
  const legacyDatabase = namespace.split('.')[0]!;
  return {
    id: int32At(bytes, 4),
    body: unwrapQuery(body),
    sequences: new Map(),
    isFireAndForget: false,
    legacyDatabase,
  };
};

/** Old clients may wrap the command as `{ $query: … }`. */
const unwrapQuery = (body: Buffer): Buffer => {
  const elements = new Elements(body);
  const isWrapped = elements.next() && (elements.name === '$query' || elements.name === 'query') && elements.type === 3;
  return isWrapped ? body.subarray(elements.at, elements.end) : body;
};

/** Throws `MalformedBson` for what is not a request that this protocol has. */
export const readRequest = (bytes: Buffer): Request => {
  const code = int32At(bytes, 12);
  if (code === opCode.message) return readMessage(bytes);
  if (code === opCode.query) return readQuery(bytes);
  throw new MalformedBson(`there is no support for messages of kind ${code}`);
};

let lastResponseId = 0;

/** Frames the answer in the kind in which the request came. */
export const writeReply = (request: Request, document: Buffer, scratch: Scratch): Buffer => {
  const prefix = request.legacyDatabase === null ? 5 : 20;
  const bytes = scratch.take(headerSize + prefix + document.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE((lastResponseId = (lastResponseId + 1) | 0), 4);
  bytes.writeInt32LE(request.id, 8);
  bytes.writeInt32LE(request.legacyDatabase === null ? opCode.message : opCode.reply, 12);
  bytes.fill(0, headerSize, headerSize + prefix);
  if (request.legacyDatabase !== null) {
    bytes.writeInt32LE(8, headerSize); // await-capable, as every server says
    bytes.writeInt32LE(1, headerSize + 16); // one document
  }
  document.copy(bytes, headerSize + prefix);
  return bytes;
};
