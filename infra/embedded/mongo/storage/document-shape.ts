import { ObjectId } from 'bson';
import { decodeValue } from '../bson/decode.ts';
import { BsonType, Elements, findElement } from '../bson/elements.ts';
import { failure, locationFailure } from '../errors.ts';

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
  [BsonType.array]: 'array',
  [BsonType.regex]: 'regex',
  [BsonType.undefined]: 'undefined',
};

export const checkNewDocument = (bytes: Buffer): void => {
  if (bytes.length > maximumDocumentSize) {
    throw failure(
      'BadValue',
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${maximumDocumentSize}`,
    );
  }
  const type = findElement(bytes, '_id')?.type ?? 0;
  const forbidden = forbiddenIdTypes[type];
  if (forbidden) throw failure('BadValue', `can't use a ${forbidden} for _id`);
};

export const checkUpdatedSize = (bytes: Buffer): void => {
  if (bytes.length > maximumDocumentSize) {
    throw locationFailure(17419, `Resulting document after update is larger than ${maximumDocumentSize}`);
  }
};

export const idOf = (bytes: Buffer): unknown => decodeValue(findElement(bytes, '_id')!);
