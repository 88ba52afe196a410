import { Binary } from 'bson';
import { DecodedFields, type Document, encodeDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { wrongType } from '../field-faults.ts';
import { compileFilter } from '../matching/filter.ts';
import { listedResults } from '../querying/results.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { type View, viewsCollection } from '../storage/databases.ts';
import { cursorBatchSize, openCursor } from './read.ts';
import { namespaceOf } from './write.ts';

const describe = (name: string, { options, uuid, idDefinition }: Collection): Document => ({
  name,
  type: 'collection',
  options,
  info: { readOnly: false, uuid: new Binary(uuid, Binary.SUBTYPE_UUID) },
  idIndex: idDefinition.specification,
});

const describeView = (name: string, { on, pipeline }: View): Document => ({
  name,
  type: 'view',
  options: { viewOn: on, pipeline },
  info: { readOnly: true },
});

const onlyName = ({ name, type }: Document): Document => ({ name, type });

export const listCollections: CommandFunction = (command, session) => {
  const matches = compileFilter(command.document('filter') ?? {});
  const nameOnly = command.flag('nameOnly');
  const { databases } = session;
  const described = [
    ...[...databases.collections(command.database)].map(([name, collection]) => describe(name, collection)),
    ...[...databases.views(command.database)].map(([name, view]) => describeView(name, view)),
  ]
    .map((document) => (nameOnly ? onlyName(document) : document))
    .filter((document) => matches(new DecodedFields(document)))
    .map((document) => encodeDocument(document));
  return openCursor(command, session, {
    namespace: `${command.database}.$cmd.listCollections`,
    results: listedResults(described),
    batchSize: cursorBatchSize(command.document('cursor')),
  });
};

export const listDatabases: CommandFunction = (command, { databases }) => {
  const matches = compileFilter(command.document('filter') ?? {});
  const all = databases.names().map((name) => {
    const collections = [...databases.collections(name).values()];
    const sizeOnDisk = collections.reduce((sum, { dataSize }) => sum + dataSize, 0);
    return { name, sizeOnDisk, empty: false };
  });
  const found = all.filter((database) => matches(new DecodedFields(database)));
  if (command.flag('nameOnly')) return success({ databases: found.map(({ name }) => ({ name })) });
  const totalSize = found.reduce((sum, { sizeOnDisk }) => sum + sizeOnDisk, 0);
  return success({ databases: found, totalSize, totalSizeMb: Math.floor(totalSize / 2 ** 20) });
};

export const drop: CommandFunction = (command, { databases }) => {
  const { database, collection: name } = namespaceOf(command);
  if (databases.view(database, name)) {
    databases.dropView(database, name);
    return success({ ns: `${database}.${name}` });
  }
  const collection = databases.find(database, name);
  if (!collection) return success();
  databases.drop(database, name);
  return success({ nIndexesWas: collection.indexes.length + 1, ns: collection.namespace });
};

export const dropDatabase: CommandFunction = (command, { databases }) => {
  if (command.number('dropDatabase') !== 1) throw locationFailure(5255100, "'dropDatabase' must be 1");
  const existed = databases.names().includes(command.database);
  databases.dropDatabase(command.database);
  return success(existed ? { dropped: command.database } : {});
};

/** A collection in words, as some commands name it, of any database. */
export const splitNamespace = (namespace: string): [database: string, name: string] => {
  const dot = namespace.indexOf('.');
  if (dot < 1 || dot === namespace.length - 1) {
    throw failure('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  }
  return [namespace.slice(0, dot), namespace.slice(dot + 1)];
};

export const renameCollection: CommandFunction = (command, { databases }) => {
  const from = splitNamespace(command.text('renameCollection'));
  const to = splitNamespace(command.text('to'));
  const dropTarget = command.get('dropTarget') ?? false;
  if (typeof dropTarget !== 'boolean' && !(dropTarget instanceof Binary))
    throw wrongType('renameCollection.dropTarget', dropTarget, "types '[bool, binData]'");
  if ([from[1], to[1]].includes(viewsCollection))
    throw failure('IllegalOperation', 'renaming system.views collection or renaming to system.views is not allowed');
  const collection = databases.find(...from);
  if (!collection) throw failure('NamespaceNotFound', `Source collection ${from.join('.')} does not exist`);
  if (from.join('.') === to.join('.')) {
    throw failure('IllegalOperation', "Can't rename a collection to itself");
  }
  if (databases.find(...to) && !command.flag('dropTarget')) throw failure('NamespaceExists', 'target namespace exists');
  databases.put(...to, collection);
  databases.detach(...from);
  return success();
};
