import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { CommandFailure, failure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import { applyDelete, applyUpdate, insertDocument, type Namespace, type Target } from '../writing/apply.ts';
import { deleteDialects, readDelete, readUpdate, updateDialects } from '../writing/statements.ts';
import { letVariables } from './variables.ts';

const maximumBatch = 100_000;

const isDatabaseName = (name: string): boolean =>
  name !== '' && name.length < 64 && (name === '$external' || !/[/\\. "$\0]/.test(name));

export const isNamespace = (database: string, collection: string): boolean =>
  /^[^.\0][^\0]*$/.test(collection) && isDatabaseName(database);

export const namespaceOf = (command: Command): Namespace => {
  const collection = command.get(command.name);
  if (typeof collection !== 'string') {
    throw failure('InvalidNamespace', `Collection name has invalid type ${typeName(collection)}`);
  }
  if (!isNamespace(command.database, collection)) {
    throw failure('InvalidNamespace', `Invalid namespace specified '${command.database}.${collection}'`);
  }
  return { database: command.database, collection };
};

/** The same for commands that write. */
export const targetOf = (command: Command): Target => ({
  ...namespaceOf(command),
  skipsValidation: command.flag('bypassDocumentValidation'),
});

export const writeError = (index: number, error: CommandFailure): Document => ({
  index,
  code: error.code,
  ...error.details,
  errmsg: error.message,
});

export const checkBatchSize = (count: number): void => {
  if (count > 0 && count <= maximumBatch) return;
  throw failure('InvalidLength', `Write batch sizes must be between 1 and ${maximumBatch}. Got ${count} operations.`);
};

/** Runs statement after statement; an ordered batch ends with its first failure, an unordered one goes on. */
const runBatch = <Statement>(
  command: Command,
  statements: readonly Statement[],
  run: (statement: Statement, index: number) => void,
): Document[] => {
  checkBatchSize(statements.length);
  const ordered = command.flag('ordered', true);
  const errors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return errors;
};

const withErrors = (reply: Document, writeErrors: Document[]): Buffer =>
  success(writeErrors.length > 0 ? { ...reply, writeErrors } : reply);

export const insert: CommandFunction = (command, { databases }) => {
  const at = targetOf(command);
  let n = 0;
  const errors = runBatch(command, command.rawDocuments('documents'), (bytes) => {
    insertDocument(databases, at, bytes);
    n++;
  });
  return withErrors({ n }, errors);
};

export const update: CommandFunction = (command, { databases }) => {
  const at = targetOf(command);
  let n = 0;
  let nModified = 0;
  const variables = letVariables(command);
  const upserted: Document[] = [];
  const statements = command
    .rawDocuments('updates')
    .map((bytes) => readUpdate(bytes, updateDialects.update, variables));
  const errors = runBatch(command, statements, (statement, index) => {
    const outcome = applyUpdate(databases, at, statement());
    n += outcome.upserted ? 1 : outcome.matched;
    nModified += outcome.modified;
    if (outcome.upserted) upserted.push({ index, ...outcome.upserted });
  });
  return withErrors({ n, ...(upserted.length > 0 && { upserted }), nModified }, errors);
};

export const remove: CommandFunction = (command, { databases }) => {
  const at = namespaceOf(command);
  let n = 0;
  const variables = letVariables(command);
  const statements = command
    .rawDocuments('deletes')
    .map((bytes) => readDelete(bytes, deleteDialects.delete, variables));
  const errors = runBatch(command, statements, (statement) => {
    n += applyDelete(databases, at, statement());
  });
  return withErrors({ n }, errors);
};
