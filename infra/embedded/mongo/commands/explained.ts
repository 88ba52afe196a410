/** What a command that is to be explained would search for, and what it would do with it. */
import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { currentCollation } from '../matching/collation-scope.ts';
import type { FindRequest } from '../querying/results.ts';
import { everything, splitPipeline } from '../querying/split-pipeline.ts';
import type { Collection } from '../storage/collection.ts';
import type { Databases } from '../storage/databases.ts';
import { previewUpdate } from '../writing/apply.ts';
import { deleteDialects, readDelete, readUpdate, updateDialects } from '../writing/statements.ts';
import { readModified } from './find-and-modify.ts';
import { findStages, readFindRequest } from './read.ts';
import { readPipeline } from './read-pipeline.ts';
import { resolveView } from './run-pipeline.ts';
import { letVariables } from './variables.ts';
import { namespaceOf } from './write.ts';

/** How many documents a search found, and how many of them it passed over. */
export interface Found {
  readonly returned: number;
  readonly skipped: number;
}

/** The stage above the search, which gives back nothing but a count, or a document that it changed. */
export interface Above {
  readonly stage: 'COUNT' | 'UPDATE' | 'DELETE';
  readonly givesDocument?: boolean;
  readonly tell: (found: Found, collection: Collection | undefined) => Document;
}

export interface Explained {
  readonly request: FindRequest;
  readonly above?: Above;
  /** Stages of a pipeline that come after the search. */
  readonly rest?: readonly unknown[];
}

const counted: Above = {
  stage: 'COUNT',
  tell: ({ returned, skipped }) => ({ nCounted: returned, nSkipped: skipped }),
};

const deleting: Above = { stage: 'DELETE', tell: ({ returned }) => ({ nWouldDelete: returned }) };

const onlyStatement = (explained: Command, field: string): Buffer => {
  const [bytes, ...others] = explained.rawDocuments(field);
  if (bytes && others.length === 0) return bytes;
  throw failure('InvalidLength', 'explained write batches must be of size 1');
};

const limited = (multi: boolean): number => (multi ? Number.POSITIVE_INFINITY : 1);

const update = (explained: Command): Explained => {
  const statement = readUpdate(onlyStatement(explained, 'updates'), updateDialects.update, letVariables(explained))();
  return {
    request: { ...everything, ...statement, limit: limited(statement.multi) },
    above: { stage: 'UPDATE', tell: (_found, collection) => previewUpdate(collection, statement) },
  };
};

const remove = (explained: Command): Explained => {
  const statement = readDelete(onlyStatement(explained, 'deletes'), deleteDialects.delete, letVariables(explained))();
  return { request: { ...everything, ...statement, limit: limited(statement.multi) }, above: deleting };
};

const findAndModify = (explained: Command): Explained => {
  const request = { ...readFindRequest(explained, 'query'), project: null, limit: 1 };
  const variables = letVariables(explained);
  const modified = readModified(explained, variables);
  if (!modified) return { request, above: { ...deleting, givesDocument: true } };
  const { compare, hint } = request;
  const statement = { ...request, ...modified, compare, hint, variables, multi: false };
  const tell: Above['tell'] = (_found, collection) => previewUpdate(collection, statement);
  return { request, above: { stage: 'UPDATE', givesDocument: true, tell } };
};

const pipelineOptions = (explained: Command): Pick<FindRequest, 'hint' | 'variables' | 'compare'> => ({
  hint: explained.get('hint'),
  variables: letVariables(explained),
  compare: currentCollation(),
});

/** Each command that can be explained. */
const readers: Readonly<Record<string, (explained: Command) => Explained>> = {
  find: (explained) => ({ request: readFindRequest(explained) }),
  count: (explained) => ({
    request: { ...readFindRequest(explained, 'query'), limit: Math.abs(explained.number('limit') ?? 0) || Infinity },
    above: counted,
  }),
  distinct: (explained) => ({ request: readFindRequest(explained, 'query') }),
  findAndModify,
  findandmodify: findAndModify,
  aggregate: (explained) => splitPipeline(readPipeline(explained), pipelineOptions(explained)),
  update,
  delete: remove,
};

export const canBeExplained = (name: string): boolean => Object.hasOwn(readers, name);

/** The commands that read views, as stages. */
const stages: Readonly<Record<string, (explained: Command) => readonly unknown[]>> = {
  find: (explained) => findStages(explained),
  count: (explained) => [...findStages(explained, 'query'), { $count: 'count' }],
  distinct: (explained) => [
    ...findStages(explained, 'query'),
    { $group: { _id: null, distinct: { $addToSet: `$${explained.text('key')}` } } },
  ],
  aggregate: readPipeline,
};

/** What is searched, and how; a view stands for the collection that it is on. */
export const readExplained = (explained: Command, databases: Databases): Explained & { readonly name: string } => {
  const at = namespaceOf(explained);
  const asStages = databases.view(at.database, at.collection) && stages[explained.name];
  if (!asStages) return { ...readers[explained.name]!(explained), name: at.collection };
  const viewed = resolveView(databases, at, asStages(explained));
  return { ...splitPipeline(viewed.stages, pipelineOptions(explained)), name: viewed.name };
};
