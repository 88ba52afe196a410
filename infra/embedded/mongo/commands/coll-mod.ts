import type { Document } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { checkRange } from '../field-faults.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import type { CollectionOptions } from '../storage/validation.ts';
import type { IndexDefinition } from '../storage/index-definition.ts';
import { readOptions, readView, wholeBlocks } from './create.ts';
import { changesOf, checkWanted, specificationOf } from './index-changes.ts';
import { namespaceOf } from './write.ts';

const askable = ['expireAfterSeconds', 'hidden', 'unique', 'prepareUnique'];

const checkAsked = (wanted: Document): void => {
  const { name, keyPattern } = wanted;
  if (name !== undefined && keyPattern !== undefined)
    throw failure('InvalidOptions', 'Cannot specify both key pattern and name.');
  if (name === undefined && keyPattern === undefined)
    throw failure('InvalidOptions', 'Must specify either index name or key pattern.');
  if (!askable.some((option) => option in wanted))
    throw failure('InvalidOptions', 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  if (wanted.hidden !== undefined && (name === '_id_' || orderKey(keyPattern) === orderKey({ _id: 1 })))
    throw failure('BadValue', "can't hide _id index");
};

/** How much a capped collection may hold from now on. */
const newCaps = (command: Command, { options, namespace }: Collection): CollectionOptions => {
  const [size, max] = [command.whole('cappedSize'), command.whole('cappedMax')];
  if (size === undefined && max === undefined) return options;
  if (!options.capped) throw failure('InvalidOptions', `Collection must be capped: ${namespace}`);
  if (size !== undefined) checkRange('cappedSize', size, { least: 1, most: 2 ** 50 });
  if (max !== undefined) checkRange('cappedMax', max, { below: 2 ** 31 });
  const { capped, size: usualSize, max: usualMax = 0, ...others } = options;
  const most = max ?? usualMax;
  return {
    ...{ capped, size: size === undefined ? usualSize! : wholeBlocks(size) },
    ...(most > 0 && { max: most }),
    ...others,
  };
};

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
  collection.options = { ...newCaps(command, collection), ...readOptions(command) };
  return success(alterIndex(command, collection));
};

const alterIndex = (command: Command, collection: Collection): Document => {
  const wanted = command.document('index');
  if (!wanted) return {};
  checkWanted(wanted);
  checkAsked(wanted);
  const index = findIndex(collection, wanted);
  const changes = changesOf(collection, index, wanted);
  const changed: IndexDefinition = Object.assign({}, index, ...changes.map(({ definition }) => definition));
  collection.alterIndex(index.name, { ...changed, specification: specificationOf(changed) });
  return Object.assign({}, ...changes.map(({ told }) => told)) as Document;
};
