import type { Variables } from '../aggregating/operator.ts';
import type { Document } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';
import { Collection } from '../storage/collection.ts';
import type { Databases } from '../storage/databases.ts';
import { withId } from '../storage/document-shape.ts';
import type { Target } from './apply.ts';
import { mergeInto } from './merge.ts';
import { outTarget, readMerge } from './output-stages.ts';

export interface Output {
  /** The last stage of the pipeline. */
  readonly stage: Document;
  readonly documents: readonly Buffer[];
  readonly skipsValidation: boolean;
  readonly variables: Variables;
}

/** All or nothing: the new content takes the place of the old, whose indexes it must satisfy. */
const replaceCollection = (databases: Databases, at: Target, documents: readonly Buffer[]): void => {
  const before = databases.find(at.database, at.collection);
  if (before?.options.capped)
    throw locationFailure(17152, `namespace '${before.namespace}' is capped so it can't be used for $out`);
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
    replaceCollection(databases, { ...outTarget(stage.$out, database), ...how }, documents);
    return;
  }
  const { at, ...specification } = readMerge(stage.$merge, database);
  mergeInto(databases.open(at.database, at.collection), { documents, specification, ...how });
};
