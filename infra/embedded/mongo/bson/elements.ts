/** Reading BSON where it lies: fields are found and skipped without decoding what is not asked for. */

export const BsonType = {
  double: 0x01,
  string: 0x02,
  object: 0x03,
  array: 0x04,
  binary: 0x05,
  undefined: 0x06,
  objectId: 0x07,
  boolean: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  dbPointer: 0x0c,
  code: 0x0d,
  symbol: 0x0e,
  codeWithScope: 0x0f,
  int32: 0x10,
  timestamp: 0x11,
  long: 0x12,
  decimal: 0x13,
  maxKey: 0x7f,
  minKey: 0xff,
} as const;

/** The bytes are not BSON; whoever sent them loses the connection. */
export class MalformedBson extends Error {}

export const int32At = (bytes: Buffer, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

const fixedSizes = new Int8Array(256).fill(-1);
for (const [type, size] of [
  [BsonType.double, 8],
  [BsonType.undefined, 0],
  [BsonType.objectId, 12],
  [BsonType.boolean, 1],
  [BsonType.date, 8],
  [BsonType.null, 0],
  [BsonType.int32, 4],
  [BsonType.timestamp, 8],
  [BsonType.long, 8],
  [BsonType.decimal, 16],
  [BsonType.maxKey, 0],
  [BsonType.minKey, 0],
] as const) {
  fixedSizes[type] = size;
}

const endOfName = (bytes: Buffer, at: number): number => {
  let end = at;
  while (end < bytes.length && bytes[end] !== 0) end++;
  if (end >= bytes.length) throw new MalformedBson('a name runs past the end of the document');
  return end;
};

const variableSize = (bytes: Buffer, type: number, at: number): number => {
  switch (type) {
    case BsonType.string:
    case BsonType.code:
    case BsonType.symbol:
      return 4 + int32At(bytes, at);
    case BsonType.object:
    case BsonType.array:
    case BsonType.codeWithScope:
      return int32At(bytes, at);
    case BsonType.binary:
      return 5 + int32At(bytes, at);
    case BsonType.dbPointer:
      return 4 + int32At(bytes, at) + 12;
    case BsonType.regex:
      return endOfName(bytes, endOfName(bytes, at) + 1) + 1 - at;
    default:
      throw new MalformedBson(`there is no BSON type ${type}`);
  }
};

/** Where the value that begins at `at` ends. */
const valueEnd = (bytes: Buffer, type: number, at: number): number => {
  const fixed = fixedSizes[type]!;
  const size = fixed >= 0 ? fixed : variableSize(bytes, type, at);
  if (size < 0 || at + size >= bytes.length) throw new MalformedBson('a value runs past the end of the document');
  return at + size;
};

/** Where a value lies. */
export interface Place {
  readonly type: number;
  readonly at: number;
  readonly end: number;
}

/** Steps over the elements of one document; the fields describe the element that the last `next()` came to. */
export class Elements {
  type = 0;
  nameAt = 0;
  at = 0;
  end: number;

  constructor(
    readonly bytes: Buffer,
    start = 0,
  ) {
    this.end = start + 4;
  }

  next(): boolean {
    const { bytes } = this;
    const from = this.end;
    if (from >= bytes.length) throw new MalformedBson('a document has no end');
    this.type = bytes[from]!;
    if (this.type === 0) return false;
    this.nameAt = from + 1;
    let nameEnd = this.nameAt;
    while (bytes[nameEnd]! > 0) nameEnd++;
    this.at = nameEnd + 1;
    this.end = valueEnd(bytes, this.type, this.at);
    return true;
  }

  get name(): string {
    return this.bytes.toString('utf8', this.nameAt, this.at - 1);
  }

  isNamed(name: Buffer): boolean {
    const length = this.at - 1 - this.nameAt;
    if (length !== name.length) return false;
    for (let i = 0; i < length; i++) if (this.bytes[this.nameAt + i] !== name[i]) return false;
    return true;
  }
}

const encodedNames = new Map<string, Buffer>();
/** Field names come from programs, not from data, so that few are ever remembered; the bound is for the odd one out. */
export const encodedName = (name: string): Buffer => {
  let encoded = encodedNames.get(name);
  if (!encoded) {
    encoded = Buffer.from(name);
    if (encodedNames.size > 10_000) encodedNames.clear();
    encodedNames.set(name, encoded);
  }
  return encoded;
};

/** The elements standing at the field, or undefined when the document that begins at `start` has none of that name. */
export const findElement = (bytes: Buffer, name: string, start = 0): Elements | undefined => {
  const wanted = encodedName(name);
  const elements = new Elements(bytes, start);
  while (elements.next()) if (elements.isNamed(wanted)) return elements;
  return undefined;
};

const maximumDepth = 200;
/** Throws `MalformedBson` unless every length and terminator inside the document agrees with its own. */
export const checkDocument = (bytes: Buffer, depth = 0): void => {
  if (bytes.length < 5 || int32At(bytes, 0) !== bytes.length || bytes[bytes.length - 1] !== 0) {
    throw new MalformedBson('the length of a document is not what it says');
  }
  if (depth > maximumDepth) throw new MalformedBson('documents are nested too deeply');
  const elements = new Elements(bytes);
  while (elements.next()) checkValue(elements, depth);
  if (elements.end !== bytes.length - 1) throw new MalformedBson('a document ends too early');
};

const checkValue = ({ bytes, type, at, end }: Elements, depth: number): void => {
  switch (type) {
    case BsonType.object:
    case BsonType.array:
      checkDocument(bytes.subarray(at, end), depth + 1);
      break;
    case BsonType.string:
      if (end - at < 5 || bytes[end - 1] !== 0) throw new MalformedBson('a string has no end');
      break;
    default:
      break;
  }
};
