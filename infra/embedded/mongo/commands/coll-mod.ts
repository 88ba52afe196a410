import type { Document } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import type { IndexDefinition } from '../storage/index-definition.ts';
import { readOptions, readView } from './create.ts';
import { changesOf, checkWanted, specificationOf } from './index-changes.ts';
import { namespaceOf } from './write.ts';

const findIndex = (collection: Collection, { name, keyPattern }: Document): IndexDefinition => {
  const isMeant = ({ name: own, specification }: IndexDefinition): boolean =>
    name === undefined ? orderKey(specification.key) === orderKey(keyPattern) : own === name;
  const found = collection.indexes.map(({ definition }) => definition).find(isMeant);
  if (found) return found;
  throw failure('IndexNotFound', `cannot find index for ns ${collection.namespace}`);
};

/** Shows or hides an index, makes it unique, or changes when documents expire by it, how they have to be, or what a view shows. */
export const collMod: CommandFunction = (command, { databases }) => {
  const { database, collection: name } = namespaceOf(command);
  if (databases.view(database, name)) {
    databases.putView(database, name, readView(command));
    return success();
  }
  const collection = databases.find(database, name);
  if (!collection) throw failure('NamespaceNotFound', `ns does not exist: ${database}.${name}`);
  if (command.has('viewOn')) throw failure('InvalidOptions', `ns is not a view: ${collection.namespace}`);
  collection.options = { ...collection.options, ...readOptions(command) };
  return success(alterIndex(command, collection));
};

const alterIndex = (command: Command, collection: Collection): Document => {
  const wanted = command.document('index');
  if (!wanted) return {};
  checkWanted(wanted);
  const index = findIndex(collection, wanted);
  const changes = changesOf(collection, index, wanted);
  const changed: IndexDefinition = Object.assign({}, index, ...changes.map(({ definition }) => definition));
  collection.alterIndex(index.name, { ...changed, specification: specificationOf(changed) });
  return Object.assign({}, ...changes.map(({ told }) => told)) as Document;
};
