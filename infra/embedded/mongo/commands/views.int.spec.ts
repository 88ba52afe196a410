import { refusal, useMongo } from '../fixture.ts';

describe('views', () => {
  const mongo = useMongo();
  let views = 0;
  const view = async (pipeline: object[], on?: string) => {
    const source = await mongo.collection({ _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'b', n: 2 }, { _id: 3, k: 'a', n: 3 });
    const name = `view${++views}`;
    await mongo.db.createCollection(name, { viewOn: on ?? source.collectionName, pipeline });
    return { source, name, collection: mongo.db.collection(name) };
  };

  it('show what their pipeline makes of a collection, as it is now', async () => {
    const { source, collection } = await view([{ $match: { k: 'a' } }, { $set: { twice: { $multiply: ['$n', 2] } } }]);
    await source.insertOne({ _id: 4, k: 'a', n: 5 } as never);
    expect(
      await collection
        .find({ twice: { $gt: 2 } }, { projection: { n: 1 } })
        .sort({ n: -1 })
        .toArray(),
    ).toEqual([
      { _id: 4, n: 5 },
      { _id: 3, n: 3 },
    ]);
    expect(await collection.find().sort({ _id: 1 }).skip(1).limit(1).toArray()).toMatchObject([{ _id: 3, twice: 6 }]);
    expect(await collection.aggregate([{ $group: { _id: null, sum: { $sum: '$twice' } } }]).toArray()).toMatchObject([
      { sum: 18 },
    ]);
    expect(await collection.countDocuments({ n: { $lt: 5 } })).toBe(2);
    expect(await collection.estimatedDocumentCount()).toBe(3);
    expect(await collection.distinct('k')).toEqual(['a']);
  });

  it('may stand on views, and be joined', async () => {
    const { name } = await view([{ $match: { k: 'a' } }]);
    const { collection } = await view([{ $match: { n: 3 } }], name);
    expect(await collection.find().toArray()).toEqual([{ _id: 3, k: 'a', n: 3 }]);
    const other = await mongo.collection({ _id: 'a' });
    const lookup = { from: name, localField: '_id', foreignField: 'k', as: 'found' };
    expect((await other.aggregate([{ $lookup: lookup }]).toArray())[0]!.found).toHaveLength(2);
  });

  it('are listed and dropped as what they are', async () => {
    const { source, name } = await view([{ $match: {} }]);
    expect(await mongo.db.listCollections({ name, type: 'view' }).toArray()).toEqual([
      {
        name,
        type: 'view',
        options: { viewOn: source.collectionName, pipeline: [{ $match: {} }] },
        info: { readOnly: true },
      },
    ]);
    await mongo.db.dropCollection(name);
    expect(await mongo.db.listCollections({ name }).toArray()).toEqual([]);
  });

  it('are written down in a collection of their database', async () => {
    const db = mongo.client.db('viewed');
    const written = () => db.collection('system.views').find().toArray();
    await db.createCollection('shown', { viewOn: 'source', pipeline: [{ $match: { a: 1 } }] });
    const description = { _id: 'viewed.shown', viewOn: 'source', pipeline: [{ $match: { a: 1 } }] };
    expect(await written()).toEqual([description]);
    const names = async () => (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect((await names()).sort()).toEqual(['shown', 'system.views']);
    await db.command({ collMod: 'shown', viewOn: 'other', pipeline: [] });
    expect(await written()).toEqual([{ ...description, viewOn: 'other', pipeline: [] }]);
    const systemViews = db.collection('system.views');
    for (const attempt of [
      () => systemViews.insertOne({}),
      () => systemViews.updateOne({}, { $set: { viewOn: 'x' } }),
      () => systemViews.deleteMany({}),
      () => systemViews.findOneAndDelete({}),
    ])
      expect((await refusal(attempt())).code).toBe(238);
    const renamed = { renameCollection: 'viewed.system.views', to: 'viewed.other' };
    const refused = await refusal(mongo.client.db('admin').command(renamed));
    expect(refused).toMatchObject({ code: 20, codeName: 'IllegalOperation' });
    await db.dropCollection('shown');
    expect(await written()).toEqual([]);
    await db.createCollection('shown', { viewOn: 'source', pipeline: [] });
    await systemViews.drop();
    expect(await names()).toEqual([]);
  });

  it('can be turned to something else', async () => {
    const { source, name, collection } = await view([]);
    await mongo.db.command({ collMod: name, viewOn: source.collectionName, pipeline: [{ $match: { k: 'b' } }] });
    expect(await collection.countDocuments()).toBe(1);
  });

  it('are not written to', async () => {
    const { name, collection } = await view([]);
    for (const attempt of [
      () => collection.insertOne({ n: 1 }),
      () => collection.updateOne({}, { $set: { n: 1 } }),
      () => collection.deleteMany({}),
      () => collection.findOneAndDelete({}),
      () => collection.createIndex({ n: 1 }),
    ])
      expect((await refusal(attempt())).code).toBe(166);
    const again = mongo.db.createCollection(name, { viewOn: 'elsewhere', pipeline: [] });
    expect(await refusal(again)).toMatchObject({ code: 48, codeName: 'NamespaceExists' });
    const wrong = async (options: object) => (await refusal(mongo.db.createCollection('wrong', options))).code;
    expect(await wrong({ viewOn: 'x', pipeline: [{ $out: 'y' }] })).toBe(167);
    expect(await wrong({ viewOn: 'x', pipeline: [{ $nope: 1 }] })).toBe(40324);
    expect(await wrong({ pipeline: [] })).toBe(72);
  });

  it('never leads back to itself', async () => {
    const source = await mongo.collection({ a: 1 });
    const create = (name: string, viewOn: string, pipeline: object[] = []) =>
      mongo.db.createCollection(name, { viewOn, pipeline });
    expect(await refusal(create('round', 'round'))).toMatchObject({ code: 5 });
    await create('there', 'back');
    expect(await refusal(create('back', 'there'))).toMatchObject({ code: 5 });
    const joined = { $lookup: { from: 'there', pipeline: [], as: 'a' } };
    expect(await refusal(create('back', source.collectionName, [joined]))).toMatchObject({ code: 5 });
    expect(await refusal(create('back', source.collectionName, [{ $unionWith: 'there' }]))).toMatchObject({ code: 5 });
  });
});
