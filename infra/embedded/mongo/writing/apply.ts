import type { Document } from '../bson/decode.ts';
import { fillTimestamps, withId, idOf } from '../storage/document-shape.ts';
import type { Collection } from '../storage/collection.ts';
import type { Databases } from '../storage/databases.ts';
import type { StoredDocument } from '../storage/stored-document.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { compileFilter } from '../matching/filter.ts';
import { allMatches, firstMatch } from '../querying/candidates.ts';
import type { PlanRequest } from '../querying/plan.ts';
import type { DeleteStatement, UpdateStatement } from './statements.ts';

export interface Namespace {
  readonly database: string;
  readonly collection: string;
}

/** Where documents are written to. */
export interface Target extends Namespace {
  /** Takes documents that are not valid there. */
  readonly skipsValidation: boolean;
}

/** Takes a complete document. */
export const addDocument = (databases: Databases, at: Target, bytes: Buffer): void => {
  const collection = databases.open(at.database, at.collection);
  if (!at.skipsValidation) collection.check(bytes);
  collection.insert(bytes);
};

/** All matches are found before the first is changed, so that no document is met twice. */
const selected = (collection: Collection | undefined, request: PlanRequest, multi: boolean): StoredDocument[] => {
  if (!collection) {
    compileFilter(request.filter, request.variables);
    return [];
  }
  if (multi) return allMatches(collection, request);
  const first = firstMatch(collection, request);
  return first ? [first] : [];
};

export const insertDocument = (databases: Databases, at: Target, bytes: Buffer): void => {
  fillTimestamps(bytes);
  addDocument(databases, at, withId(bytes));
};

export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  /** The `_id` of the document that the upsert made. */
  readonly upserted?: { readonly _id: unknown };
}

export const applyUpdate = (databases: Databases, at: Target, statement: UpdateStatement): UpdateOutcome =>
  withCollation(statement.compare, () => update(databases, at, statement));

const update = (databases: Databases, at: Target, statement: UpdateStatement): UpdateOutcome => {
  const { filter, modification, multi, upsert } = statement;
  const collection = databases.findToWrite(at.database, at.collection);
  const documents = selected(collection, statement, multi);
  if (documents.length === 0) return upsert ? applyUpsert(databases, at, statement) : { matched: 0, modified: 0 };
  let modified = 0;
  for (const document of documents) {
    const next = modification.change(document.bytes!, filter);
    if (!at.skipsValidation) collection!.check(next, document.bytes);
    if (collection!.replace(document, next)) modified++;
  }
  return { matched: documents.length, modified };
};

/** What an update would do, in the words of explain; nothing is written. */
export const previewUpdate = (collection: Collection | undefined, statement: UpdateStatement): Document => {
  const { filter, modification, multi, upsert } = statement;
  const documents = selected(collection, statement, multi);
  const isChanged = ({ bytes }: StoredDocument): boolean => !bytes!.equals(modification.change(bytes!, filter));
  const nWouldModify = documents.filter(isChanged).length;
  return { nMatched: documents.length, nWouldModify, nWouldUpsert: upsert && documents.length === 0 ? 1 : 0 };
};

const applyUpsert = (databases: Databases, at: Target, { filter, modification }: UpdateStatement): UpdateOutcome => {
  const bytes = modification.create(filter);
  addDocument(databases, at, bytes);
  return { matched: 0, modified: 0, upserted: { _id: idOf(bytes) } };
};

/** How many went. */
export const applyDelete = (databases: Databases, at: Namespace, statement: DeleteStatement): number => {
  const collection = databases.findToWrite(at.database, at.collection);
  const documents = withCollation(statement.compare, () =>
    selected(collection, { ...statement, sort: [] }, statement.multi),
  );
  for (const document of documents) collection!.remove(document);
  return documents.length;
};
