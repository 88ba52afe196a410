import type { Variables } from '../aggregating/operator.ts';
import { decodeAt, decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { BsonType, Elements, findElement, type Place } from '../bson/elements.ts';
import { orderKey } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { idElement, idOf, withId } from '../storage/document-shape.ts';
import { shellText } from '../storage/shell-text.ts';
import { filterEqualities, idEquality } from '../updating/filter-equalities.ts';
import { dollarPrefixed } from '../updating/check-path.ts';
import { pipelineUpdate } from '../updating/pipeline-update.ts';
import { operatorUpdate, type Update } from '../updating/update.ts';

/** What an update statement does to a document, in each of its three forms. */
export interface Modification {
  readonly isReplacement: boolean;
  /** The new content of a document that is there. */
  readonly change: (bytes: Buffer, filter: Document) => Buffer;
  /** The document to insert when none matched. */
  readonly create: (filter: Document) => Buffer;
}

const altered = (bytes: Buffer): Error =>
  failure(
    'ImmutableField',
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shellText(idOf(bytes))}`,
  );

const keepsId = (before: Buffer, after: Buffer): boolean =>
  idElement(before).equals(idElement(after)) || orderKey(idOf(before)) === orderKey(idOf(after));

const replacement = (content: Buffer): Modification => ({
  isReplacement: true,
  change: (bytes) => {
    const next = withId(content, idElement(bytes));
    if (!keepsId(bytes, next)) throw altered(next);
    return next;
  },
  create: (filter) => {
    const equalities = idEquality(filter);
    if (!('_id' in equalities)) return withId(content);
    const wanted = encodeDocument({ _id: equalities._id });
    const document = withId(content, idElement(wanted));
    if (!keepsId(wanted, document)) throw altered(document);
    return document;
  },
});

const operation = (update: Update): Modification => ({
  isReplacement: false,
  change: (bytes, filter) => {
    const next = update(bytes, { filter, isInsert: false });
    if (keepsIdOrLacks(bytes, next)) return withId(next);
    throw failure('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
  },
  create: (filter) => {
    const equalities = filterEqualities(filter);
    const base = encodeDocument(equalities);
    const document = update(base, { filter, isInsert: true });
    if ('_id' in equalities && !keepsIdOrLacks(base, document)) {
      throw failure('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    return withId(document);
  },
});

const keepsIdOrLacks = (before: Buffer, after: Buffer): boolean =>
  findElement(after, '_id') !== undefined && keepsId(before, after);

export interface Surroundings {
  readonly arrayFilters?: unknown;
  readonly variables: Variables;
}

const readArrayFilters = (arrayFilters: unknown): readonly Document[] | undefined => {
  if (arrayFilters === undefined) return undefined;
  if (Array.isArray(arrayFilters) && arrayFilters.every(isDocument)) return arrayFilters;
  throw failure('TypeMismatch', "BSON field 'arrayFilters' must be an array of objects");
};

const checkReplacement = (content: Buffer): void => {
  const elements = new Elements(content);
  while (elements.next()) if (elements.name.startsWith('$')) throw dollarPrefixed(elements.name, elements.name);
};

/** Reads the `u` of an update statement, which lies at the place. */
export const readModification = (
  bytes: Buffer,
  place: Place,
  { arrayFilters, variables }: Surroundings,
): Modification => {
  const filters = readArrayFilters(arrayFilters);
  if (place.type === BsonType.array) {
    if (filters) throw failure('FailedToParse', 'arrayFilters may not be specified for pipeline-syle updates');
    return operation(pipelineUpdate(decodeAt(bytes, place) as Document[], variables));
  }
  if (place.type !== BsonType.object) {
    throw failure('FailedToParse', 'Update argument must be either an object or an array');
  }
  const content = bytes.subarray(place.at, place.end);
  const beginsWithOperator = content.length > 5 && content[5] === 0x24;
  if (beginsWithOperator) return operation(operatorUpdate(decodeDocument(content), filters));
  if (filters?.length) throw failure('FailedToParse', 'arrayFilters may not be specified for replacement updates');
  checkReplacement(content);
  return replacement(content);
};
