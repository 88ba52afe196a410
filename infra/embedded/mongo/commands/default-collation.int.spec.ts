import { type Any, refusal, useMongo } from '../fixture.ts';

const collation = { locale: 'en', strength: 2 };
const full = {
  ...{ locale: 'en', caseLevel: false, caseFirst: 'off', strength: 2, numericOrdering: false },
  ...{ alternate: 'non-ignorable', maxVariable: 'punct', normalization: false, backwards: false, version: '57.1' },
};
const simple = { collation: { locale: 'simple' } };

let collections = 0;

describe('a collection with a collation', () => {
  const mongo = useMongo();
  const words = async () => {
    const collection = await mongo.db.createCollection<Any>(`collated${++collections}`, { collation });
    await collection.insertMany([{ _id: 'a', s: 'ping' }, { _id: 'b', s: 'PING' }, { _id: 'c', s: 'pong' }]); // prettier-ignore
    return collection;
  };
  const ids = (documents: readonly Any[]) => documents.map(({ _id }) => _id);

  it('lends it to what is asked of it, which may say otherwise', async () => {
    const collection = await words();
    expect(ids(await collection.find({ s: 'Ping' }).toArray())).toEqual(['a', 'b']);
    expect(ids(await collection.find({ s: 'Ping' }, simple).toArray())).toEqual([]);
    expect(ids(await collection.find({ _id: 'A' }).toArray())).toEqual(['a']);
    expect(ids(await collection.find({ _id: 'A' }, simple).toArray())).toEqual([]);
    expect(ids(await collection.find({ _id: 'a' }, simple).toArray())).toEqual(['a']);
    expect(ids(await collection.find({}, { sort: { _id: -1 }, ...simple }).toArray())).toEqual(['c', 'b', 'a']);
    expect(await collection.distinct('s')).toEqual(['ping', 'pong']);
    expect(await collection.countDocuments({ s: 'PONG' })).toBe(1);
    expect(await collection.aggregate([{ $sortByCount: '$s' }]).next()).toEqual({ _id: 'ping', count: 2 });
    const statistics = (await collection.find({ s: 'PONG' }).explain('executionStats')).executionStats;
    expect(statistics).toMatchObject({ nReturned: 1 });
  });

  it('is written to by it', async () => {
    const collection = await words();
    expect(await refusal(collection.insertOne({ _id: 'A' }))).toMatchObject({ code: 11000 });
    expect(await collection.updateMany({ s: 'Ping' }, { $set: { n: 1 } })).toMatchObject({ modifiedCount: 2 });
    expect(await collection.updateMany({ s: 'Ping' }, { $set: { n: 2 } }, simple)).toMatchObject({ matchedCount: 0 });
    expect(await collection.findOneAndUpdate({ s: 'PONG' }, { $set: { n: 3 } })).toMatchObject({ _id: 'c' });
    const update = { name: 'updateMany', filter: { s: 'pInG' }, update: { $set: { n: 4 } } } as const;
    const { namespace } = collection;
    expect(await mongo.client.bulkWrite([{ ...update, namespace }])).toMatchObject({ modifiedCount: 2 });
    expect(await collection.bulkWrite([{ deleteOne: { filter: { s: 'poNG' } } }])).toMatchObject({ deletedCount: 1 });
    await mongo.db.aggregate([{ $documents: [{ _id: 'x' }] }, { $out: collection.collectionName }]).toArray();
    expect(await collection.options()).toEqual({ collation: full });
    expect(await refusal(collection.insertOne({ _id: 'X' }))).toMatchObject({ code: 11000 });
  });

  it('passes it on to its indexes', async () => {
    const collection = await words();
    await collection.createIndex({ s: 1 });
    await collection.createIndex({ s: 1 }, { name: 'bytes', ...simple });
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_', collation: full },
      { v: 2, key: { s: 1 }, name: 's_1', collation: full },
      { v: 2, key: { s: 1 }, name: 'bytes' },
    ]);
    expect(ids(await collection.find({ s: 'Ping' }, { hint: 's_1' }).toArray())).toEqual(['a', 'b']);
    expect(await refusal(collection.dropIndex({ s: 1 } as never))).toMatchObject({ code: 181 });
    expect(await refusal(collection.createIndex({ s: -1 }, { unique: true }))).toMatchObject({ code: 11000 });
    const { collectionName } = collection;
    await mongo.db.createCollection(collectionName, { collation });
    expect(await refusal(mongo.db.createCollection(collectionName))).toMatchObject({ code: 48 });
  });

  it('is judged by its validator by it', async () => {
    const validated = await mongo.db.createCollection('judged', { collation, validator: { s: 'ok' } });
    await validated.insertOne({ s: 'OK' });
    expect(await refusal(validated.insertOne({ s: 'no' }))).toMatchObject({ code: 121 });
  });

  it('may have one for an index only', async () => {
    const collection = await mongo.collection({ _id: 1, s: 'x' });
    await collection.createIndex({ s: 1 }, { unique: true, collation });
    expect(await refusal(collection.insertOne({ _id: 2, s: 'X' }))).toMatchObject({ code: 11000 });
    await collection.insertOne({ _id: 3, s: 'y' });
    expect(await collection.countDocuments({ s: 'X' })).toBe(0);
    expect(await collection.countDocuments({ s: 'X' }, { collation })).toBe(1);
    expect(await refusal(collection.createIndex({ s: 1 }, { unique: true }))).toMatchObject({ code: 86 });
    expect(await refusal(collection.createIndex({ _id: 1 }, { collation }))).toMatchObject({ code: 2 });
  });
});
