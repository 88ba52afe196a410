import { decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { failure } from '../errors.ts';
import { Collection } from '../storage/collection.ts';
import type { Databases } from '../storage/databases.ts';
import { idOf, withId } from '../storage/document-shape.ts';
import type { Namespace } from './apply.ts';

export interface Output {
  /** The last stage of the pipeline. */
  readonly stage: Document;
  readonly documents: readonly Buffer[];
}

const targetOf = (target: unknown, database: string): Namespace => {
  if (typeof target === 'string') return { database, collection: target };
  if (isDocument(target) && typeof target.coll === 'string') {
    return { database: String(target.db ?? database), collection: target.coll };
  }
  throw failure('FailedToParse', '$out and $merge take the name of a collection');
};

/** All or nothing: the new content takes the place of the old, whose indexes it must satisfy. */
const replaceCollection = (databases: Databases, at: Namespace, documents: readonly Buffer[]): void => {
  const before = databases.find(at.database, at.collection);
  const collection = new Collection(`${at.database}.${at.collection}`, databases.newUuid());
  for (const { definition } of before?.indexes ?? []) collection.createIndex(definition);
  for (const bytes of documents) collection.insert(withId(bytes));
  databases.put(at.database, at.collection, collection);
};

type WhenMatched = (before: Buffer, bytes: Buffer) => Buffer;

const duplicate = (): never => {
  throw failure('DuplicateKey', '$merge failed because a document with the same _id exists');
};

const whenMatched: Readonly<Record<string, WhenMatched>> = {
  replace: (_before, bytes) => bytes,
  merge: (before, bytes) => encodeDocument({ ...decodeDocument(before), ...decodeDocument(bytes) }),
  keepExisting: (before) => before,
  fail: duplicate,
};

interface Merging {
  readonly matched: WhenMatched;
  readonly insertsNew: boolean;
  readonly failsOnNew: boolean;
}

const readMerging = ({
  whenMatched: matched = 'merge',
  whenNotMatched = 'insert',
  on = '_id',
  ...rest
}: Document): Merging => {
  const change = typeof matched === 'string' ? whenMatched[matched] : undefined;
  if (!change || on !== '_id' || rest.let) {
    throw failure(
      'NotImplemented',
      '$merge by other fields than _id, or with a pipeline, is not supported by this server',
    );
  }
  return { matched: change, insertsNew: whenNotMatched === 'insert', failsOnNew: whenNotMatched === 'fail' };
};

const mergeInto = (collection: Collection, documents: readonly Buffer[], specification: Document): void => {
  const { matched, insertsNew, failsOnNew } = readMerging(specification);
  for (const bytes of documents.map((document) => withId(document))) {
    const existing = collection.byIdKey(orderKey(idOf(bytes)));
    if (existing) collection.replace(existing, matched(existing.bytes!, bytes));
    else if (insertsNew) collection.insert(bytes);
    else if (failsOnNew)
      throw failure(
        'MergeStageNoMatchingDocument',
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
  }
};

export const writeOutput = (databases: Databases, database: string, { stage, documents }: Output): void => {
  if ('$out' in stage) {
    replaceCollection(databases, targetOf(stage.$out, database), documents);
    return;
  }
  const specification = isDocument(stage.$merge) ? stage.$merge : { into: stage.$merge };
  const at = targetOf(specification.into, database);
  mergeInto(databases.open(at.database, at.collection), documents, specification);
};
