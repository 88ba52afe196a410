import { MongoClient } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('what any command may carry', () => {
  const mongo = useMongo();
  const run = (command: object) => mongo.db.command(command);
  const code = async (command: object) => (await refusal(run(command))).code;

  it('is refused when the command knows no such field', async () => {
    expect(await refusal(run({ find: 'c', filtre: {} }))).toMatchObject({
      code: 40415,
      codeName: 'IDLUnknownField',
      message: "BSON field 'find.filtre' is an unknown field.",
    });
    expect(await code({ update: 'c', updates: [{ q: {}, u: { $set: { a: 1 } }, upsrt: true }] })).toBe(40415);
    expect(await code({ delete: 'c', deletes: [{ q: {}, limit: 0, foo: 1 }] })).toBe(40415);
    expect(await code({ create: 'c', foo: 1 })).toBe(40415);
  });

  it('is refused when it asks for what is not done here', async () => {
    expect(await code({ find: 'c', term: 1 })).toBe(238);
    expect(await code({ create: 'c', timeseries: { timeField: 't' } })).toBe(238);
    await mongo.db.command({ create: 'plain', expireAfterSeconds: null });
  });

  it('is refused, before anything is written, when a statement lacks a part', async () => {
    const { collectionName } = await mongo.collection({ _id: 1 });
    expect(await code({ delete: collectionName, deletes: [{ q: {}, limit: 0 }, { q: {} }] })).toBe(40414);
    expect(await code({ delete: collectionName, deletes: [{ q: {}, limit: 2 }] })).toBe(9);
    expect(await code({ update: collectionName, updates: [{ q: {} }] })).toBe(40414);
    expect(await mongo.db.collection(collectionName).countDocuments()).toBe(1);
  });

  it('asks no standalone server for more than one can give', async () => {
    const { collectionName: insert } = await mongo.collection();
    const write = (writeConcern: object) => code({ insert, documents: [{}], writeConcern });
    expect([await write({ w: 2 }), await write({ w: 'rack' })]).toEqual([2, 2]);
    expect(await mongo.db.collection(insert).countDocuments()).toBe(0);
    const read = (level: string) => run({ find: insert, readConcern: { level } });
    expect(await refusal(read('snapshot'))).toMatchObject({ code: 123 });
    expect(await refusal(read('linearizable'))).toMatchObject({ code: 123 });
    expect((await read('majority')).ok).toBe(1);
    expect(await refusal(read('perfect'))).toMatchObject({ code: 2 });
  });

  it('may hold the command to the stable API', async () => {
    const url = `mongodb://127.0.0.1:${mongo.port}`;
    const client = await MongoClient.connect(url, { serverApi: { version: '1', strict: true } });
    const collection = client.db('test').collection('stable');
    await collection.insertOne({ a: 1 });
    expect(await collection.estimatedDocumentCount()).toBe(1);
    expect(await refusal(collection.distinct('a'))).toMatchObject({ code: 323, codeName: 'APIStrictError' });
    await client.close();
    expect(await refusal(run({ ping: 1, apiVersion: '2' }))).toMatchObject({ code: 322 });
    expect(await refusal(run({ ping: 1, apiStrict: true }))).toMatchObject({ code: 72 });
  });

  it('may limit its time', async () => {
    const documents = Array.from({ length: 5_000 }, (_, _id) => ({ _id, text: 'x'.repeat(100) }));
    const collection = await mongo.collection(...documents);
    const slow = { $expr: { $eq: [{ $strLenCP: '$text' }, 5] } };
    expect(await refusal(collection.find(slow).maxTimeMS(1).toArray())).toMatchObject({
      code: 50,
      codeName: 'MaxTimeMSExpired',
    });
    expect(await collection.find({ _id: 1 }).maxTimeMS(10_000).toArray()).toHaveLength(1);
    expect(await code({ ping: 1, maxTimeMS: -1 })).toBe(2);
  });

  it('goes to the database that it is for', async () => {
    expect(await refusal(run({ listDatabases: 1 }))).toMatchObject({ code: 13 });
    expect(await refusal(run({ renameCollection: 'test.a', to: 'test.b' }))).toMatchObject({ code: 13 });
    expect(await refusal(mongo.client.db('a'.repeat(64)).collection('c').insertOne({}))).toMatchObject({ code: 73 });
  });
});

describe('variables of a command', () => {
  const mongo = useMongo();
  const isWanted = { $expr: { $eq: ['$a', '$$wanted'] } };
  const options = { let: { wanted: 2 } };

  it('are there for reading, writing and pipelines', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 }, { _id: 2, a: 2 }, { _id: 3, a: 2 });
    const ids = async (found: Promise<{ _id?: unknown }[]>) => (await found).map(({ _id }) => _id);
    expect(await ids(collection.find(isWanted, options).toArray())).toEqual([2, 3]);
    expect(await ids(collection.aggregate([{ $match: isWanted }], options).toArray())).toEqual([2, 3]);
    expect(await collection.updateMany(isWanted, { $set: { b: 1 } }, options)).toMatchObject({ matchedCount: 2 });
    await collection.updateOne({ _id: 1 }, [{ $set: { b: '$$wanted' } }], options);
    expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, a: 1, b: 2 });
    expect(await collection.findOneAndUpdate(isWanted, { $inc: { b: 1 } }, options)).toMatchObject({ _id: 2 });
    expect(await collection.deleteMany(isWanted, options)).toMatchObject({ deletedCount: 2 });
  });

  it('are refused when nobody gave them', async () => {
    const collection = await mongo.collection({ a: 1 });
    expect(await refusal(collection.findOne(isWanted))).toMatchObject({ code: 17276 });
    expect(await refusal(collection.updateOne(isWanted, { $set: { a: 1 } }))).toMatchObject({ code: 17276 });
    const empty = await mongo.collection();
    expect(await refusal(empty.aggregate([{ $set: { a: '$$nobody' } }]).toArray())).toMatchObject({ code: 17276 });
  });
});
