import { Long } from 'bson';
import { decodeDocument, type Document, encodeDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import type { Plan } from './plan.ts';
import type { FindRequest } from './results.ts';
import { valueAt } from '../matching/field-path.ts';

type Show = (bytes: Buffer) => Buffer;

/** The fields of the index that led to a document, and nothing without one. */
const keyOf = (plan: Plan): ((document: Document) => Document) => {
  if (plan.kind === 'scan') return () => ({});
  if (plan.kind === 'ids') return ({ _id }) => ({ _id });
  const { definition, isMultikey } = plan.index;
  if (isMultikey || definition.fields.some(({ isHashed }) => isHashed))
    throw failure('NotImplemented', "'returnKey' along an index over arrays or hashes is not supported by this server");
  return (document) =>
    Object.fromEntries(definition.fields.map(({ path }) => [path, valueAt(document, path.split('.')) ?? null]));
};

/** The record's number, which is that of its insertion. */
const numberOf = (collection: Collection, bytes: Buffer): Long =>
  Long.fromNumber(collection.byIdKey(collection.idKeyOf(bytes))!.sequence + 1);

/** What of a found document is shown: itself, when nobody asked for anything else. */
export const presentation = (collection: Collection, plan: Plan, request: FindRequest): Show | null => {
  const { project, returnKey, showRecordId } = request;
  if (!returnKey && !showRecordId) return project;
  const show: Show | null = returnKey ? keyShown(plan) : project;
  if (!showRecordId) return show;
  return (bytes) => {
    const shown = decodeDocument(show ? show(bytes) : bytes);
    return encodeDocument({ ...shown, $recordId: numberOf(collection, bytes) });
  };
};

const keyShown = (plan: Plan): Show => {
  const key = keyOf(plan);
  return (bytes) => encodeDocument(key(decodeDocument(bytes)));
};
