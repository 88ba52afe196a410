import { Double, Long } from 'bson';
import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { checkRange } from '../field-faults.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { namespaceOf } from './write.ts';

const scaleOf = (command: Command): number => checkRange('scale', command.whole('scale') ?? 1, { least: 1 });

const capOf = ({ options }: Collection, scale: number): Document => {
  const { capped = false, size = 0, max = 0 } = options;
  return capped ? { capped, max, maxSize: Math.floor(size / scale) } : { capped };
};

/** How much a collection holds, in units of so many bytes. */
export const storageStatistics = (collection: Collection, scale: number): Document => {
  const { dataSize: bytes, size: count } = collection;
  const size = Math.floor(bytes / scale);
  const indexes = collection.indexUses().map(({ definition }) => definition.name);
  return {
    size,
    count,
    ...(count > 0 && { avgObjSize: Math.floor(bytes / count) }),
    numOrphanDocs: 0,
    storageSize: size,
    freeStorageSize: 0,
    ...capOf(collection, scale),
    nindexes: indexes.length,
    indexDetails: {},
    indexBuilds: [],
    totalIndexSize: 0,
    totalSize: size,
    indexSizes: Object.fromEntries(indexes.map((index) => [index, 0])),
    scaleFactor: scale,
  };
};

const nothingStored = {
  ...{ size: 0, count: 0, numOrphanDocs: 0, storageSize: 0, totalSize: 0, nindexes: 0, totalIndexSize: 0 },
  ...{ indexDetails: {}, indexSizes: {} },
};

export const collStats: CommandFunction = (command, { databases }) => {
  const { database, collection: name } = namespaceOf(command);
  const scale = scaleOf(command);
  const collection = databases.find(database, name);
  const statistics = collection ? storageStatistics(collection, scale) : { ...nothingStored, scaleFactor: scale };
  return success({ ns: `${database}.${name}`, ...statistics });
};

export const dbStats: CommandFunction = (command, { databases }) => {
  const scale = scaleOf(command);
  const collections = [...databases.collections(command.database).values()];
  const objects = collections.reduce((sum, { size }) => sum + size, 0);
  const bytes = collections.reduce((sum, collection) => sum + collection.dataSize, 0);
  const dataSize = new Double(bytes / scale);
  const none = new Double(0);
  return success({
    db: command.database,
    collections: Long.fromNumber(collections.length),
    views: Long.fromNumber(databases.views(command.database).size),
    objects: Long.fromNumber(objects),
    avgObjSize: objects > 0 ? new Double(bytes / objects) : none,
    dataSize,
    storageSize: dataSize,
    indexes: Long.fromNumber(collections.reduce((sum, { indexes }) => sum + indexes.length + 1, 0)),
    indexSize: none,
    totalSize: dataSize,
    scaleFactor: Long.fromNumber(scale),
    ...(command.flag('freeStorage') && {
      freeStorageSize: none,
      indexFreeStorageSize: none,
      totalFreeStorageSize: none,
    }),
  });
};
