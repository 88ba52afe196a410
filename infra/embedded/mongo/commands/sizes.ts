import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { namespaceOf } from './write.ts';

const scaleOf = (command: Command): number => {
  const scale = command.number('scale') ?? 1;
  if (scale >= 1) return Math.floor(scale);
  throw failure('BadValue', `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
};

const capOf = (collection: Collection | undefined): Document => {
  const { capped = false, size, max } = collection?.options ?? {};
  return capped ? { capped, max: max ?? 0, maxSize: size } : { capped };
};

/** How much a collection holds, in units of so many bytes; an unknown one holds nothing. */
export const storageStatistics = (collection: Collection | undefined, scale: number): Document => {
  const bytes = collection?.dataSize ?? 0;
  const count = collection?.size ?? 0;
  const size = Math.floor(bytes / scale);
  const indexes = collection ? ['_id_', ...collection.indexes.map(({ definition }) => definition.name)] : [];
  return {
    size,
    count,
    ...(count > 0 && { avgObjSize: Math.floor(bytes / count) }),
    numOrphanDocs: 0,
    storageSize: size,
    freeStorageSize: 0,
    ...capOf(collection),
    nindexes: indexes.length,
    indexBuilds: [],
    indexSizes: Object.fromEntries(indexes.map((index) => [index, 0])),
    totalIndexSize: 0,
    totalSize: size,
    scaleFactor: scale,
  };
};

export const collStats: CommandFunction = (command, { databases }) => {
  const { database, collection } = namespaceOf(command);
  const statistics = storageStatistics(databases.find(database, collection), scaleOf(command));
  return success({ ns: `${database}.${collection}`, ...statistics });
};

export const dbStats: CommandFunction = (command, { databases }) => {
  const scale = scaleOf(command);
  const collections = [...databases.collections(command.database).values()];
  const objects = collections.reduce((sum, { size }) => sum + size, 0);
  const bytes = collections.reduce((sum, collection) => sum + collection.dataSize, 0);
  const dataSize = Math.floor(bytes / scale);
  return success({
    db: command.database,
    collections: collections.length,
    views: databases.views(command.database).size,
    objects,
    avgObjSize: objects > 0 ? bytes / objects : 0,
    dataSize,
    storageSize: dataSize,
    indexes: collections.reduce((sum, { indexes }) => sum + indexes.length + 1, 0),
    indexSize: 0,
    totalSize: dataSize,
    scaleFactor: scale,
  });
};

export const validate: CommandFunction = (command, { databases }) => {
  const { database, collection: name } = namespaceOf(command);
  const collection = databases.find(database, name);
  if (!collection) throw failure('NamespaceNotFound', `Collection '${database}.${name}' does not exist to validate.`);
  const { namespace: ns, size: nrecords, indexes } = collection;
  return success({ ns, nrecords, nIndexes: indexes.length + 1, valid: true, warnings: [], errors: [] });
};
