/** Commands for the upkeep of what is stored, of which little is left to do where nothing lies on a disk. */
import { Long } from 'bson';
import type { Command } from '../command.ts';
import { failure, locationFailure } from '../errors.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import { Collection } from '../storage/collection.ts';
import type { Databases } from '../storage/databases.ts';
import type { CollectionOptions } from '../storage/validation.ts';
import { splitNamespace } from './catalogue.ts';
import { wholeBlocks } from './create.ts';
import { namespaceOf } from './write.ts';

const existing = (command: Command, { databases }: Session): Collection => {
  const { database, collection: name } = namespaceOf(command);
  const collection = databases.find(database, name);
  if (collection) return collection;
  throw failure('NamespaceNotFound', `ns does not exist: ${database}.${name}`);
};

/** `{ dataSize: 'database.collection' }`. */
export const dataSize: CommandFunction = (command, { databases }) => {
  const started = performance.now();
  const at = splitNamespace(command.text('dataSize'));
  if (['keyPattern', 'min', 'max'].some((name) => command.has(name)))
    throw failure('NotImplemented', 'dataSize of a part is not supported by this server');
  const { dataSize: size, size: count } = databases.find(...at) ?? { dataSize: 0, size: 0 };
  return success({
    estimate: command.flag('estimate'),
    size: Long.fromNumber(size),
    numObjects: Long.fromNumber(count),
    millis: Long.fromNumber(Math.round(performance.now() - started)),
  });
};

/** A copy, of which only the last documents are left that fit. */
const cappedCopy = (source: Collection, size: number, databases: Databases): Collection => {
  const copy = new Collection(source.namespace, databases.newUuid());
  const { collation } = source.options;
  const options: CollectionOptions = { capped: true, size: wholeBlocks(size), ...(collation && { collation }) };
  copy.options = options;
  for (const { bytes } of source.documents()) if (bytes) copy.insert(bytes);
  return copy;
};

const sizeOf = (command: Command): number => {
  const size = command.whole('size');
  if (size === undefined) throw command.missing('size');
  if (size > 0) return size;
  throw failure('InvalidOptions', 'Capped collection size must be greater than zero');
};

export const convertToCapped: CommandFunction = (command, session) => {
  const source = existing(command, session);
  const { database, collection: name } = namespaceOf(command);
  session.databases.put(database, name, cappedCopy(source, sizeOf(command), session.databases));
  return success();
};

export const cloneCollectionAsCapped: CommandFunction = (command, session) => {
  const size = sizeOf(command);
  const source = existing(command, session);
  const to = command.text('toCollection');
  const { database } = namespaceOf(command);
  if (session.databases.find(database, to))
    throw failure(
      'NamespaceExists',
      `cloneCollectionAsCapped failed - destination collection ${database}.${to} already exists.`,
    );
  session.databases.put(database, to, cappedCopy(source, size, session.databases));
  return success();
};

export const compact: CommandFunction = (command, session) => {
  existing(command, session);
  return success({ bytesFreed: Long.fromNumber(0) });
};

/** No plan is kept that could be cleared. */
export const planCacheClear: CommandFunction = (command, { databases }) => {
  const { database, collection } = namespaceOf(command);
  databases.find(database, collection);
  if (!command.has('query') && (command.has('sort') || command.has('projection')))
    throw failure('BadValue', 'sort or projection provided without query');
  return success();
};

export const fsync: CommandFunction = (command) => {
  if (command.flag('lock')) throw failure('NotImplemented', 'fsync with a lock is not supported by this server');
  return success({ numFiles: 1 });
};

export const killOp: CommandFunction = (command) => {
  command.number('op');
  if (!command.has('op')) throw command.missing('op');
  return success({ info: 'attempting to kill op' });
};

export const getDefaultRWConcern: CommandFunction = () => {
  throw locationFailure(51300, "'getDefaultRWConcern' is not supported on standalone nodes.");
};
