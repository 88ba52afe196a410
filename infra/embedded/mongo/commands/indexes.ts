import { decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { wrongType } from '../field-faults.ts';
import { listedResults } from '../querying/results.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { idIndexDefinition, type IndexDefinition } from '../storage/index-definition.ts';
import { shellText } from '../storage/shell-text.ts';
import { isIdIndex, isSameIndex, readIndex } from './index-options.ts';
import { cursorBatchSize, openCursor } from './read.ts';
import { namespaceOf } from './write.ts';

export const createIndexes: CommandFunction = (command, { databases }) => {
  const { database, collection: name } = namespaceOf(command);
  const usual = databases.find(database, name)?.collation;
  const wanted = command.rawDocuments('indexes').map((bytes) => readIndex(decodeDocument(bytes), usual));
  if (wanted.length === 0) throw failure('BadValue', 'Must specify at least one index to create');
  const createdCollectionAutomatically = !databases.find(database, name);
  const collection = databases.open(database, name);
  const numIndexesBefore = collection.indexes.length + 1;
  const fresh: IndexDefinition[] = [];
  for (const index of wanted.filter(({ fields }) => !isIdIndex(fields))) {
    const others = [...collection.indexes.map(({ definition }) => definition), ...fresh];
    if (!others.some((other) => isSameIndex(other, index))) fresh.push(index);
  }
  buildAll(collection, fresh);
  const told = fresh.length === 0 ? { note: 'all indexes already exist' } : { createdCollectionAutomatically };
  return success({ numIndexesBefore, numIndexesAfter: collection.indexes.length + 1, ...told });
};

/** All of them or none. */
const buildAll = (collection: Collection, definitions: readonly IndexDefinition[]): void => {
  const built: string[] = [];
  try {
    for (const definition of definitions) {
      collection.createIndex(definition);
      built.push(definition.name);
    }
  } catch (error) {
    for (const name of built) collection.dropIndex(name);
    throw error;
  }
};

const existing = (command: Command, { databases }: Session): Collection => {
  const { database, collection: name } = namespaceOf(command);
  const collection = databases.find(database, name);
  if (!collection) throw failure('NamespaceNotFound', `ns does not exist: ${database}.${name}`);
  return collection;
};

export const listIndexes: CommandFunction = (command, session) => {
  const collection = existing(command, session);
  const specifications = [collection.idDefinition, ...collection.indexes.map(({ definition }) => definition)];
  return openCursor(command, session, {
    namespace: collection.namespace,
    results: listedResults(specifications.map(({ specification }) => encodeDocument(specification))),
    batchSize: cursorBatchSize(command.document('cursor')),
  });
};

const namesToDrop = (collection: Collection, wanted: unknown): string[] => {
  const names = collection.indexes.map(({ definition }) => definition.name);
  if (wanted === '*') return names;
  if (Array.isArray(wanted)) return wanted.flatMap((one) => namesToDrop(collection, one));
  if (isDocument(wanted) && !isSameKey(wanted, idIndexDefinition)) return [nameByKey(collection, wanted)];
  if (wanted === '_id_' || isDocument(wanted)) throw failure('InvalidOptions', 'cannot drop _id index');
  if (typeof wanted === 'string' && names.includes(wanted)) return [wanted];
  throw failure('IndexNotFound', `index not found with name [${String(wanted)}]`);
};

const isSameKey = (key: Document, { specification }: IndexDefinition): boolean =>
  orderKey(specification.key) === orderKey(key);

const nameByKey = (collection: Collection, key: Document): string => {
  const [found, ...others] = collection.indexes.filter(({ definition }) => isSameKey(key, definition));
  if (others.length > 0)
    throw failure(
      'AmbiguousIndexKeyPattern',
      `${others.length + 1} indexes found for key: ${shellText(key)}, identify by name instead.`,
    );
  if (found) return found.definition.name;
  throw failure('IndexNotFound', `can't find index with key: ${shellText(key)}`);
};

const checkIndexNames = (command: Command): void => {
  const wanted = command.get('index') ?? null;
  const name = `${command.name}.index`;
  if (wanted === null) throw command.missing('index');
  if (typeof wanted !== 'string' && !isDocument(wanted) && !Array.isArray(wanted))
    throw wrongType(name, wanted, "types '[array, object, string]'");
  for (const [at, one] of (Array.isArray(wanted) ? wanted : []).entries())
    if (typeof one !== 'string') throw wrongType(`${name}.${at}`, one, "type 'string'");
};

export const dropIndexes: CommandFunction = (command, session) => {
  const collection = existing(command, session);
  const nIndexesWas = collection.indexes.length + 1;
  checkIndexNames(command);
  for (const name of namesToDrop(collection, command.get('index'))) collection.dropIndex(name);
  return success({ nIndexesWas });
};
