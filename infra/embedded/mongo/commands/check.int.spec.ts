import { createHash } from 'node:crypto';
import { BSON, type CollectionInfo } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('validating a collection', () => {
  const mongo = useMongo();

  it('finds all as it should be', async () => {
    const collection = await mongo.collection({ _id: 1, a: [1, 2] }, { _id: 2, a: 3 });
    await collection.createIndex({ a: 1 });
    const { collectionName: validate, namespace } = collection;
    const listed = await mongo.db.listCollections<CollectionInfo>({ name: validate }).next();
    const sound = { valid: true, repaired: false, warnings: [], errors: [], corruptRecords: [] };
    expect(await mongo.db.command({ validate })).toEqual({
      ns: namespace,
      uuid: listed?.info?.uuid,
      ...{ nInvalidDocuments: 0, nNonCompliantDocuments: 0, nrecords: 2, nIndexes: 2 },
      keysPerIndex: { _id_: 2, a_1: 3 },
      indexDetails: { _id_: { valid: true }, a_1: { valid: true } },
      ...{ ...sound, extraIndexEntries: [], missingIndexEntries: [], ok: 1 },
    });
    expect(await mongo.db.command({ validate, full: true })).toMatchObject({ nrecords: 2 });
    expect(await mongo.db.command({ validate, metadata: true })).not.toHaveProperty('nrecords');
  });

  it('is refused where the server refuses it', async () => {
    const { collectionName: validate } = await mongo.collection({ _id: 1 });
    const code = async (command: object) => (await refusal(mongo.db.command({ validate, ...command }))).code;
    expect(await code({ metadata: true, full: true })).toBe(72);
    expect(await code({ checkBSONConformance: true, repair: true })).toBe(72);
    expect(await code({ background: true })).toBe(115);
    expect(await code({ validate: 1 })).toBe(73);
    expect(await code({ validate: 'nowhere' })).toBe(26);
    await mongo.db.createCollection('validated', { viewOn: validate, pipeline: [] });
    expect(await code({ validate: 'validated' })).toBe(166);
  });
});

describe('the hash of a database', () => {
  const mongo = useMongo();
  const md5 = (...parts: (string | Uint8Array)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest('hex');

  it('is made of the bytes of its documents, in the order of their ids', async () => {
    const db = mongo.client.db('hashed');
    const log = await db.createCollection<{ _id: number }>('log', { capped: true, size: 4_096 });
    await log.insertMany([{ _id: 2 }, { _id: 1 }]);
    await db.createCollection('empty');
    const hashes = { empty: md5(), log: md5(BSON.serialize({ _id: 1 }), BSON.serialize({ _id: 2 })) };
    const hashed = await db.command({ dbHash: 1 });
    expect(hashed).toMatchObject({ collections: hashes, capped: ['log'], md5: md5(hashes.empty, hashes.log) });
    expect(Object.keys(hashed.collections)).toEqual(['empty', 'log']);
    expect(Object.keys(hashed.uuids)).toEqual(['empty', 'log']);
  });

  it('can be had of some collections only', async () => {
    const db = mongo.client.db('hashed-too');
    await db.createCollection('a');
    await db.createCollection('b');
    const collections = async (names: unknown) =>
      Object.keys((await db.command({ dbHash: 1, collections: names })).collections);
    expect(await collections(['b', 'c'])).toEqual(['b']);
    expect(await collections([])).toEqual(['a', 'b']);
    expect(await refusal(collections([1]))).toMatchObject({ code: 2 });
    const all = (await db.command({ dbHash: 1 })).md5;
    await db.createCollection('c', { viewOn: 'a', pipeline: [] });
    expect((await db.command({ dbHash: 1 })).md5).not.toBe(all);
  });
});
