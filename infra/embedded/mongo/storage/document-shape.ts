import { ObjectId, Timestamp } from 'bson';
import { decodeValue } from '../bson/decode.ts';
import { BsonType, Elements, findElement } from '../bson/elements.ts';
import { failure, locationFailure } from '../errors.ts';
import { isTooDeep, maximumDepth } from './document-depth.ts';

export const maximumDocumentSize = 16 * 1024 * 1024;

const generatedId = (): Buffer => {
  const element = Buffer.alloc(5 + 12);
  element[0] = BsonType.objectId;
  element.write('_id\0', 1);
  Buffer.from(new ObjectId().id).copy(element, 5);
  return element;
};

const withElementFirst = (bytes: Buffer, element: Buffer, rest: readonly Buffer[]): Buffer => {
  const document = Buffer.concat([bytes.subarray(0, 4), element, ...rest]);
  document.writeInt32LE(document.length, 0);
  return document;
};

/**
 * The document as it is stored: `_id` first, taken from `id` or made when there is none.
 * `id` is an encoded element: type, name and value.
 */
export const withId = (bytes: Buffer, id?: Buffer): Buffer => {
  const elements = new Elements(bytes);
  if (elements.next() && elements.name === '_id') return bytes;
  const found = findElement(bytes, '_id');
  if (!found) return withElementFirst(bytes, id ?? generatedId(), [bytes.subarray(4)]);
  const element = bytes.subarray(found.nameAt - 1, found.end);
  return withElementFirst(bytes, element, [bytes.subarray(4, found.nameAt - 1), bytes.subarray(found.end)]);
};

/** The `_id` as an encoded element. */
export const idElement = (bytes: Buffer): Buffer => {
  const found = findElement(bytes, '_id')!;
  return bytes.subarray(found.nameAt - 1, found.end);
};

const forbiddenIdTypes: Record<number, string> = {
  [BsonType.array]: 'an array',
  [BsonType.regex]: 'a regex',
  [BsonType.undefined]: 'a undefined',
};

/** Beyond this nothing is even looked at. */
const maximumInternalSize = maximumDocumentSize + 16 * 1024;

export const checkNewDocument = (bytes: Buffer): void => {
  if (bytes.length > maximumInternalSize) {
    const hexadecimal = bytes.length.toString(16).toUpperCase();
    throw failure(
      'BSONObjectTooLarge',
      `BSONObj size: ${bytes.length} (0x${hexadecimal}) is invalid. Size must be between 0 and ${maximumInternalSize}(16MB)`,
    );
  }
  if (bytes.length > maximumDocumentSize) {
    throw failure(
      'BadValue',
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${maximumDocumentSize}`,
    );
  }
  if (isTooDeep(bytes))
    throw failure('Overflow', `cannot insert document because it exceeds ${maximumDepth} levels of nesting`);
  const id = findElement(bytes, '_id');
  const forbidden = forbiddenIdTypes[id?.type ?? 0];
  if (forbidden) throw failure('BadValue', `can't use ${forbidden} for _id`);
  if (id?.type === BsonType.object) checkIdFields(id);
};

const checkIdFields = ({ bytes, at }: Elements): void => {
  const fields = new Elements(bytes, at);
  while (fields.next()) {
    if (!fields.name.startsWith('$') || ['$ref', '$id', '$db'].includes(fields.name)) continue;
    throw failure(
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${fields.name} is not valid for storage.`,
    );
  }
};

let lastSecond = 0;
let ordinal = 0;

/** A timestamp that this server has not given out before: the second, and the how-manieth in it. */
export const newTimestamp = (): Timestamp => {
  const second = Math.floor(Date.now() / 1_000);
  ordinal = second === lastSecond ? ordinal + 1 : 1;
  lastSecond = second;
  return new Timestamp({ t: second, i: ordinal });
};

/** An empty timestamp at the top of a new document is to become the present one. Writes into the bytes. */
export const fillTimestamps = (bytes: Buffer): void => {
  const elements = new Elements(bytes);
  while (elements.next()) {
    if (elements.type !== BsonType.timestamp || elements.name === '_id') continue;
    if (bytes.readBigUInt64LE(elements.at) !== 0n) continue;
    const { high, low } = newTimestamp();
    bytes.writeUInt32LE(low >>> 0, elements.at);
    bytes.writeUInt32LE(high >>> 0, elements.at + 4);
  }
};

export const checkUpdated = (bytes: Buffer): void => {
  if (bytes.length > maximumDocumentSize) {
    throw locationFailure(17419, `Resulting document after update is larger than ${maximumDocumentSize}`);
  }
  if (isTooDeep(bytes)) throw failure('Overflow', `Document exceeds maximum nesting depth of ${maximumDepth}`);
};

export const idOf = (bytes: Buffer): unknown => decodeValue(findElement(bytes, '_id')!);
