import { refusal, useMongo } from '../fixture.ts';

describe('collections and databases', () => {
  const mongo = useMongo();

  it('come with their first document and go when dropped', async () => {
    const db = mongo.client.db('shop');
    await db.collection('orders').insertOne({ a: 1 });
    await db.createCollection('empty');
    expect((await db.listCollections().toArray()).map(({ name, type }) => [name, type])).toEqual([
      ['orders', 'collection'],
      ['empty', 'collection'],
    ]);
    expect(await db.listCollections({ name: 'empty' }, { nameOnly: true }).toArray()).toEqual([
      { name: 'empty', type: 'collection' },
    ]);
    const { databases } = await db.admin().listDatabases();
    expect(databases.map(({ name }) => name)).toContain('shop');
    expect(await db.dropCollection('orders')).toBe(true);
    expect(await db.collection('orders').findOne()).toBeNull();
    await db.dropDatabase();
    expect((await db.admin().listDatabases({ nameOnly: true })).databases).not.toContainEqual({ name: 'shop' });
  });

  it('are renamed with their indexes', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 });
    await collection.createIndex({ a: 1 }, { unique: true });
    const name = `${collection.collectionName}-renamed`;
    await collection.rename(name);
    const renamed = mongo.db.collection(name);
    expect(await renamed.indexes()).toHaveLength(2);
    const error = await refusal(renamed.insertOne({ a: 1 }));
    expect(error.message).toContain(`collection: test.${name} index: a_1`);
    expect(await collection.countDocuments()).toBe(0);
    const other = await mongo.collection({ _id: 2 });
    expect(await refusal(other.rename(name))).toMatchObject({ code: 48 });
    await other.rename(name, { dropTarget: true });
    expect(await renamed.find().toArray()).toEqual([{ _id: 2 }]);
    expect(await refusal(mongo.db.collection('nowhere').rename('x'))).toMatchObject({ code: 26 });
  });

  it('tell their size', async () => {
    const collection = await mongo.collection({ _id: 1, a: 'x' }, { _id: 2, a: 'y' });
    await collection.updateOne({ _id: 1 }, { $set: { a: 'longer' } });
    await collection.deleteOne({ _id: 2 });
    expect(await mongo.db.command({ collStats: collection.collectionName })).toMatchObject({
      count: 1,
      size: 28,
      nindexes: 1,
    });
    expect(await mongo.db.stats()).toMatchObject({ db: 'test', ok: 1 });
    expect(await mongo.db.command({ validate: collection.collectionName })).toMatchObject({ valid: true, nrecords: 1 });
  });

  it('refuse names and options that they cannot keep', async () => {
    expect(await refusal(mongo.db.collection('a$b').insertOne({}))).toMatchObject({ code: 73 });
    expect(await refusal(mongo.db.createCollection('capped', { capped: true }))).toMatchObject({ code: 72 });
    expect(await refusal(mongo.db.createCollection('capped', { max: 5 }))).toMatchObject({ code: 72 });
    const bounded = { clusteredIndex: { key: { _id: 1 }, unique: true } };
    expect(await refusal(mongo.db.createCollection('clustered', bounded))).toMatchObject({ code: 238 });
  });
});
