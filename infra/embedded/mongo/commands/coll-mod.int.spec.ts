import { refusal, useMongo } from '../fixture.ts';

describe('an index that is to become unique', () => {
  const mongo = useMongo();
  const prepared = async (...documents: object[]) => {
    const collection = await mongo.collection(...documents);
    await collection.createIndex({ a: 1, b: 1 });
    const change = (index: object) =>
      mongo.db.command({ collMod: collection.collectionName, index: { keyPattern: { a: 1, b: 1 }, ...index } });
    return { collection, change };
  };

  it('takes no more duplicates first, then becomes unique', async () => {
    const { collection, change } = await prepared({ _id: 1, a: 1, b: 1 });
    expect(await refusal(change({ unique: true }))).toMatchObject({ code: 72 });
    expect(await change({ prepareUnique: true })).toMatchObject({ prepareUnique_old: false, prepareUnique_new: true });
    expect(await refusal(collection.insertOne({ a: 1, b: 1 }))).toMatchObject({ code: 11000 });
    const key = { a: 1, b: 1 };
    expect(await collection.indexes()).toContainEqual({ v: 2, key, name: 'a_1_b_1', prepareUnique: true });
    expect(await change({ unique: true })).toMatchObject({ unique_new: true });
    expect(await collection.indexes()).toContainEqual({ v: 2, key, name: 'a_1_b_1', unique: true });
    expect(await refusal(collection.insertOne({ a: 1, b: 1 }))).toMatchObject({ code: 11000 });
  });

  it('stays as it is while there are duplicates, and says which', async () => {
    const documents = [
      { _id: 1, a: 100, b: 1 },
      { _id: 4, a: 101, b: 4 },
      { _id: 9, a: 101, b: 4 },
      { _id: 6, a: 105, b: 6 },
      { _id: 7, a: 105, b: 6 },
    ];
    const { collection, change } = await prepared(...documents);
    await change({ prepareUnique: true });
    const refused = (await refusal(change({ unique: true }))) as { code?: unknown; errorResponse?: unknown };
    expect(refused.code).toBe(359);
    expect(refused.errorResponse).toMatchObject({ violations: [{ ids: [4, 9] }, { ids: [6, 7] }] });
    await change({ prepareUnique: false });
    expect((await collection.insertOne({ _id: 10, a: 101, b: 4 })).insertedId).toBe(10);
  });

  it('is refused where it is asked for in the wrong way', async () => {
    const { change } = await prepared();
    expect(await refusal(change({ unique: 'yes' }))).toMatchObject({ code: 14 });
    expect(await refusal(change({ unique: false }))).toMatchObject({ code: 2 });
    expect(await refusal(change({ expireAfterSeconds: 'soon' }))).toMatchObject({ code: 14 });
    expect(await refusal(change({ sparse: true }))).toMatchObject({ code: 40415 });
  });

  it.each([
    [{ index: {} }, 72],
    [{ index: { name: 'x', keyPattern: { a: 1 } } }, 72],
    [{ index: { name: 'x' } }, 72],
    [{ index: { name: 1, hidden: true } }, 14],
    [{ index: { name: '_id_', hidden: true } }, 2],
    [{ cappedSize: 4_096 }, 72],
  ])('refuses %j', async (change, code) => {
    const { collectionName: collMod } = await mongo.collection({ a: 1 });
    expect((await refusal(mongo.db.command({ collMod, ...change }))).code).toBe(code);
  });

  it('changes how much a capped collection holds', async () => {
    const capped = await mongo.db.createCollection('shrinking', { capped: true, size: 4_096, max: 5 });
    await mongo.db.command({ collMod: 'shrinking', cappedSize: 8_192, cappedMax: 2 });
    expect(await capped.options()).toEqual({ capped: true, size: 8_192, max: 2 });
    await capped.insertMany([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(await capped.distinct('a')).toEqual([2, 3]);
    expect(await refusal(mongo.db.command({ collMod: 'shrinking', cappedSize: -1 }))).toMatchObject({ code: 2 });
    await mongo.db.command({ collMod: 'shrinking', cappedMax: 0 });
    expect(await mongo.db.createCollection('shrinking', { capped: true, size: 8_192 })).toBeDefined();
    const written = capped.aggregate([{ $out: 'shrinking' }]).toArray();
    expect(await refusal(written)).toMatchObject({ code: 17152 });
  });
});
