import { decodeDocument, type Document } from '../bson/decode.ts';
import type { Variables } from '../aggregating/operator.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { currentCollation } from '../matching/collation-scope.ts';
import { compileFilter } from '../matching/filter.ts';
import { firstMatch } from '../querying/candidates.ts';
import type { PlanRequest } from '../querying/plan.ts';
import { compileProjection } from '../querying/projection.ts';
import { parseSort } from '../querying/sort.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import type { StoredDocument } from '../storage/stored-document.ts';
import { idOf } from '../storage/document-shape.ts';
import { addDocument } from '../writing/apply.ts';
import { readModification, type Modification } from '../writing/modification.ts';
import { letVariables } from './variables.ts';
import { namespaceOf, targetOf } from './write.ts';

interface FindAndModify {
  readonly filter: Document;
  readonly variables: Variables;
  readonly found: StoredDocument | undefined;
  readonly show: (bytes: Buffer) => Document;
  readonly returnsNew: boolean;
}

const findFirst = (
  command: Command,
  { databases }: Session,
  { filter, variables, compare }: Pick<PlanRequest, 'filter' | 'variables' | 'compare'>,
): StoredDocument | undefined => {
  const { database, collection: name } = namespaceOf(command);
  const collection = databases.findToWrite(database, name);
  const sort = parseSort(command.get('sort'), compare);
  if (collection) return firstMatch(collection, { filter, sort, hint: command.get('hint'), variables, compare });
  compileFilter(filter, variables);
  return undefined;
};

const read = (command: Command, session: Session, variables: Variables): FindAndModify => {
  const compare = currentCollation();
  const filter = command.document('query') ?? {};
  const project = compileProjection(command.document('fields') ?? {}, { filter, variables });
  return {
    filter,
    variables,
    found: findFirst(command, session, { filter, variables, compare }),
    show: (bytes) => decodeDocument(project ? project(bytes) : bytes),
    returnsNew: command.flag('new'),
  };
};

export interface Modified {
  readonly modification: Modification;
  readonly upsert: boolean;
}

const checkRemoval = (command: Command): void => {
  const refused = (message: string): Error => failure('FailedToParse', message);
  if (command.has('update')) throw refused('Cannot specify both an update and remove=true');
  if (command.flag('upsert')) throw refused('Cannot specify both upsert=true and remove=true');
  if (command.has('arrayFilters')) throw refused('Cannot specify arrayFilters and remove=true');
  if (command.flag('new'))
    throw refused("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
};

/** What becomes of the document that is found; nothing, if it is to go. */
export const readModified = (command: Command, variables: Variables): Modified | null => {
  if (command.flag('remove')) {
    checkRemoval(command);
    return null;
  }
  if (!command.has('update')) throw failure('FailedToParse', 'Either an update or remove=true must be specified');
  const arrayFilters = command.get('arrayFilters');
  const modification = readModification(command.body, command.place('update')!, { arrayFilters, variables });
  return { modification, upsert: command.flag('upsert') };
};

export const findAndModify: CommandFunction = (command, session) => {
  const variables = letVariables(command);
  const modified = readModified(command, variables);
  const request = read(command, session, variables);
  if (!modified) return removeFound(command, session, request);
  const { modification, upsert } = modified;
  if (request.found) return changeFound(command, session, { ...request, modification });
  return upsert
    ? insertNew(command, session, { ...request, modification })
    : success({ lastErrorObject: { n: 0, updatedExisting: false }, value: null });
};

const collectionOf = (command: Command, { databases }: Session) => {
  const { database, collection } = namespaceOf(command);
  return databases.open(database, collection);
};

const removeFound = (command: Command, session: Session, { found, show }: FindAndModify): Buffer => {
  if (!found) return success({ lastErrorObject: { n: 0 }, value: null });
  const value = show(found.bytes!);
  collectionOf(command, session).remove(found);
  return success({ lastErrorObject: { n: 1 }, value });
};

type WithModification = FindAndModify & { readonly modification: Modification };

const changeFound = (command: Command, session: Session, request: WithModification): Buffer => {
  const found = request.found!;
  const after = request.modification.change(found.bytes!, request.filter);
  const before = request.returnsNew ? null : request.show(found.bytes!);
  const collection = collectionOf(command, session);
  if (!command.flag('bypassDocumentValidation')) collection.check(after, found.bytes);
  collection.replace(found, after);
  const value = before ?? request.show(found.bytes!);
  return success({ lastErrorObject: { n: 1, updatedExisting: true }, value });
};

const insertNew = (command: Command, session: Session, request: WithModification): Buffer => {
  const bytes = request.modification.create(request.filter);
  addDocument(session.databases, targetOf(command), bytes);
  return success({
    lastErrorObject: { n: 1, updatedExisting: false, upserted: idOf(bytes) },
    value: request.returnsNew ? request.show(bytes) : null,
  });
};
