import { checkKnown, checkNames, type Variables } from '../aggregating/operator.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { Collection } from '../storage/collection.ts';
import type { Databases } from '../storage/databases.ts';
import { withId } from '../storage/document-shape.ts';
import type { Namespace, Target } from './apply.ts';
import { mergeInto } from './merge.ts';

export interface Output {
  /** The last stage of the pipeline. */
  readonly stage: Document;
  readonly documents: readonly Buffer[];
  readonly skipsValidation: boolean;
  readonly variables: Variables;
}

const targetOf = (target: unknown, database: string): Namespace => {
  if (typeof target === 'string') return { database, collection: target };
  if (isDocument(target) && typeof target.coll === 'string') {
    checkKnown(target, ['db', 'coll'], (name) =>
      failure('IDLUnknownField', `BSON field '$out.${name}' is an unknown field, or not supported by this server.`),
    );
    return { database: String(target.db ?? database), collection: target.coll };
  }
  throw failure('FailedToParse', '$out and $merge take the name of a collection');
};

/** All or nothing: the new content takes the place of the old, whose indexes it must satisfy. */
const replaceCollection = (databases: Databases, at: Target, documents: readonly Buffer[]): void => {
  const before = databases.find(at.database, at.collection);
  const collection = new Collection(`${at.database}.${at.collection}`, databases.newUuid());
  for (const { definition } of before?.indexes ?? []) collection.createIndex(definition);
  collection.options = before?.options ?? {};
  for (const bytes of documents.map((document) => withId(document))) {
    if (!at.skipsValidation) collection.check(bytes);
    collection.insert(bytes);
  }
  databases.put(at.database, at.collection, collection);
};

export const writeOutput = (databases: Databases, database: string, output: Output): void => {
  const { stage, documents, ...how } = output;
  if ('$out' in stage) {
    replaceCollection(databases, { ...targetOf(stage.$out, database), ...how }, documents);
    return;
  }
  const { into, ...rest } = isDocument(stage.$merge) ? stage.$merge : { into: stage.$merge };
  const specification = checkNames(
    rest,
    { required: [], optional: ['on', 'let', 'whenMatched', 'whenNotMatched'] },
    '$merge',
  );
  const at = targetOf(into, database);
  mergeInto(databases.open(at.database, at.collection), { documents, specification, ...how });
};
