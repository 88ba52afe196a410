import { decodeAt, decodeDocument, type Document, encodeDocument } from '../bson/decode.ts';
import { BsonType, findElement, type Place } from '../bson/elements.ts';
import { orderKey } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { idElement, idOf, withId } from '../storage/document-shape.ts';
import { shellText } from '../storage/shell-text.ts';
import { filterEqualities } from '../updating/filter-equalities.ts';
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
    const equalities = filterEqualities(filter, ['_id']);
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
    const base = encodeDocument(filterEqualities(filter));
    const document = update(base, { filter, isInsert: true });
    if ('_id' in filterEqualities(filter, ['_id']) && !keepsIdOrLacks(base, document)) {
      throw failure('ImmutableField', "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    return withId(document);
  },
});

const keepsIdOrLacks = (before: Buffer, after: Buffer): boolean =>
  findElement(after, '_id') !== undefined && keepsId(before, after);

/** Reads the `u` of an update statement, which lies at the place. */
export const readModification = (bytes: Buffer, place: Place, arrayFilters?: unknown): Modification => {
  if (place.type === BsonType.array) return operation(pipelineUpdate(decodeAt(bytes, place) as Document[]));
  if (place.type !== BsonType.object) {
    throw failure('FailedToParse', 'Update argument must be either an object or an array');
  }
  const content = bytes.subarray(place.at, place.end);
  const beginsWithOperator = content.length > 5 && content[5] === 0x24;
  if (!beginsWithOperator) return replacement(content);
  return operation(operatorUpdate(decodeDocument(content), Array.isArray(arrayFilters) ? arrayFilters : []));
};
