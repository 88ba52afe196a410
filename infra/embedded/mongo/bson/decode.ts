import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, deserialize, Double, Int32, Long } from 'bson';
import { MaxKey, MinKey, ObjectId, serialize, Timestamp } from 'bson';
import { failure } from '../errors.ts';
import { fieldEntries, hasFieldOrder, isOrderKept, noteField } from './field-order.ts';
import { BsonType, Elements, findElement, int32At, type Place } from './elements.ts';

/** A decoded document. Numbers keep their type: they are `Int32`, `Long`, `Double` or `Decimal128`, never bare. */
export type Document = Record<string, unknown>;

export const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export const decodeDocument = (bytes: Buffer, start = 0): Document => {
  const elements = new Elements(bytes, start);
  const document: Document = {};
  while (elements.next()) setOwn(document, elements.name, decodeValue(elements));
  return document;
};

/** The field, and never what every object of the language has by that name. */
export const getOwn = (document: Document, name: string): unknown =>
  Object.hasOwn(document, name) ? document[name] : undefined;

/** Sets a field even when it is called `__proto__`. */
export const setOwn = (document: Document, name: string, value: unknown): void => {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, enumerable: true, writable: true, configurable: true });
  } else {
    noteField(document, name);
    document[name] = value;
  }
};

/** A document of these fields, in this order. */
export const documentOf = (entries: Iterable<readonly [name: string, value: unknown]>): Document => {
  const document: Document = {};
  for (const [name, value] of entries) setOwn(document, name, value);
  return document;
};

const decodeArray = (bytes: Buffer, start: number): unknown[] => {
  const elements = new Elements(bytes, start);
  const values: unknown[] = [];
  while (elements.next()) values.push(decodeValue(elements));
  return values;
};

const decoders: Record<number, (bytes: Buffer, at: number, end: number) => unknown> = {
  [BsonType.double]: (bytes, at) => new Double(bytes.readDoubleLE(at)),
  [BsonType.string]: (bytes, at, end) => bytes.toString('utf8', at + 4, end - 1),
  [BsonType.object]: (bytes, at) => decodeDocument(bytes, at),
  [BsonType.array]: (bytes, at) => decodeArray(bytes, at),
  [BsonType.binary]: (bytes, at, end) => new Binary(Buffer.from(bytes.subarray(at + 5, end)), bytes[at + 4]),
  [BsonType.undefined]: () => undefined,
  [BsonType.objectId]: (bytes, at, end) => new ObjectId(Buffer.from(bytes.subarray(at, end))),
  [BsonType.boolean]: (bytes, at) => bytes[at] === 1,
  [BsonType.date]: (bytes, at) => new Date(Number(bytes.readBigInt64LE(at))),
  [BsonType.null]: () => null,
  [BsonType.regex]: (bytes, at, end) => {
    const separator = bytes.indexOf(0, at);
    return new BSONRegExp(bytes.toString('utf8', at, separator), bytes.toString('utf8', separator + 1, end - 1));
  },
  [BsonType.code]: (bytes, at, end) => new Code(bytes.toString('utf8', at + 4, end - 1)),
  [BsonType.symbol]: (bytes, at, end) => new BSONSymbol(bytes.toString('utf8', at + 4, end - 1)),
  [BsonType.int32]: (bytes, at) => new Int32(int32At(bytes, at)),
  [BsonType.timestamp]: (bytes, at) => new Timestamp(new Long(int32At(bytes, at), int32At(bytes, at + 4), true)),
  [BsonType.long]: (bytes, at) => new Long(int32At(bytes, at), int32At(bytes, at + 4)),
  [BsonType.decimal]: (bytes, at, end) => new Decimal128(Buffer.from(bytes.subarray(at, end))),
  [BsonType.maxKey]: () => new MaxKey(),
  [BsonType.minKey]: () => new MinKey(),
};

export const decodeAt = (bytes: Buffer, place: Place): unknown => {
  const decode = decoders[place.type];
  return decode ? decode(bytes, place.at, place.end) : decodeRare(bytes, place);
};

/** Decodes what the elements stand at. */
export const decodeValue = (elements: Elements): unknown => decodeAt(elements.bytes, elements);

/** The retired types (a pointer into another collection, code with its scope) go through the library. */
const decodeRare = (bytes: Buffer, { type, at, end }: Place): unknown => {
  const wrapped = Buffer.alloc(4 + 2 + (end - at) + 1);
  wrapped.writeInt32LE(wrapped.length, 0);
  wrapped[4] = type;
  bytes.copy(wrapped, 6, at, end);
  return deserialize(wrapped, { promoteValues: false, bsonRegExp: true })[''];
};

/** The library writes a map in its own order; what has none of its own stays as it is. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isDocument(value)) return value;
  const entries = fieldEntries(value).map(([name, inner]) => [name, inOrder(inner)] as const);
  if (hasFieldOrder(value)) return new Map(entries);
  return entries.every(([name, inner]) => inner === value[name]) ? value : Object.fromEntries(entries);
};

/** Refuses what is far beyond the size of a document. */
export const encodeDocument = (document: Document): Buffer => {
  try {
    const arranged = isOrderKept() ? (inOrder(document) as Document) : document;
    const bytes = serialize(arranged, { ignoreUndefined: false });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (cause) {
    // The library writes into a buffer of 17 MB and runs over its end.
    if (cause instanceof RangeError) throw failure('BSONObjectTooLarge', 'the document is larger than 16777216 bytes');
    throw cause;
  }
};

const granularity = 128;

/**
 * Keeps the bytes in memory of their own, so that a small document never holds a whole message; in `room`, the memory of
 * what they replace, when they fit there.
 */
export const keepBytes = (bytes: Buffer, room?: Buffer): Buffer => {
  const capacity = room?.buffer.byteLength ?? 0;
  const fits = bytes.length <= capacity && capacity <= 2 * bytes.length + granularity;
  if (room && fits) {
    const kept = room.length === bytes.length ? room : Buffer.from(room.buffer, 0, bytes.length);
    bytes.copy(kept);
    return kept;
  }
  const kept = Buffer.allocUnsafeSlow(Math.ceil(bytes.length / granularity) * granularity).subarray(0, bytes.length);
  bytes.copy(kept);
  return kept;
};

/** What a filter reads from: fields by name, where undefined means that there is none. */
export interface Fields {
  get(name: string): unknown;
  whole(): Document;
}

export class RawFields implements Fields {
  constructor(public bytes: Buffer) {}
  get(name: string): unknown {
    const found = findElement(this.bytes, name);
    return found && decodeValue(found);
  }
  whole(): Document {
    return decodeDocument(this.bytes);
  }
}

export class DecodedFields implements Fields {
  constructor(public document: Document) {}
  get(name: string): unknown {
    return Object.hasOwn(this.document, name) ? this.document[name] : undefined;
  }
  whole(): Document {
    return this.document;
  }
}
