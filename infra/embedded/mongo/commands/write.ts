import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { CommandFailure, failure } from '../errors.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import { applyDelete, applyUpdate, insertDocument, type Namespace } from '../writing/apply.ts';
import { readDelete, readUpdate } from '../writing/statements.ts';

const maximumBatch = 100_000;

export const namespaceOf = (command: Command): Namespace => {
  const collection = command.text(command.name);
  if (collection === '') throw failure('InvalidNamespace', `Invalid namespace specified '${command.database}.'`);
  return { database: command.database, collection };
};

export const writeError = (index: number, error: CommandFailure): Document => ({
  index,
  code: error.code,
  ...error.details,
  errmsg: error.message,
});

/** Runs statement after statement; an ordered batch ends with its first failure, an unordered one goes on. */
const runBatch = (
  command: Command,
  statements: readonly Buffer[],
  run: (bytes: Buffer, index: number) => void,
): Document[] => {
  if (statements.length === 0 || statements.length > maximumBatch) {
    throw failure(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${maximumBatch}. Got ${statements.length} operations.`,
    );
  }
  const ordered = !command.has('ordered') || command.flag('ordered');
  const errors: Document[] = [];
  for (const [index, bytes] of statements.entries()) {
    try {
      run(bytes, index);
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
  const at = namespaceOf(command);
  let n = 0;
  const errors = runBatch(command, command.rawDocuments('documents'), (bytes) => {
    insertDocument(databases, at, bytes);
    n++;
  });
  return withErrors({ n }, errors);
};

export const update: CommandFunction = (command, { databases }) => {
  const at = namespaceOf(command);
  let n = 0;
  let nModified = 0;
  const upserted: Document[] = [];
  const errors = runBatch(command, command.rawDocuments('updates'), (bytes, index) => {
    const outcome = applyUpdate(databases, at, readUpdate(bytes, { filter: 'q', modification: 'u' }));
    n += outcome.upserted ? 1 : outcome.matched;
    nModified += outcome.modified;
    if (outcome.upserted) upserted.push({ index, ...outcome.upserted });
  });
  return withErrors({ n, ...(upserted.length > 0 && { upserted }), nModified }, errors);
};

export const remove: CommandFunction = (command, { databases }) => {
  const at = namespaceOf(command);
  let n = 0;
  const errors = runBatch(command, command.rawDocuments('deletes'), (bytes) => {
    n += applyDelete(databases, at, readDelete(bytes, { filter: 'q' }));
  });
  return withErrors({ n }, errors);
};
