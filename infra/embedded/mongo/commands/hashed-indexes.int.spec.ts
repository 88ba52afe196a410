import { refusal, useMongo } from '../fixture.ts';

describe('hashed indexes', () => {
  const mongo = useMongo();
  const values = [undefined, 1, 2, null, 'x', { z: 1 }];
  const hashed = async () => {
    const collection = await mongo.collection(...values.map((a, _id) => ({ _id, ...(a !== undefined && { a }) })));
    await collection.createIndex({ a: 'hashed' });
    return collection;
  };

  it('find single values, and nothing by order', async () => {
    const collection = await hashed();
    const found = async (a: unknown) => (await collection.find({ a } as object).toArray()).map(({ _id }) => _id);
    expect(await found(1)).toEqual([1]);
    expect(await found(null)).toEqual([0, 3]);
    expect(await found({ z: 1 })).toEqual([5]);
    expect(await found({ $in: ['x', 1] })).toEqual([1, 4]);
    expect(
      await collection
        .find({ a: { $gt: 0 } })
        .hint({ a: 'hashed' })
        .toArray(),
    ).toHaveLength(2);
    const stages = async (filter: object, sort = {}) => {
      const { queryPlanner } = await collection.find(filter).sort(sort).explain();
      return JSON.stringify(queryPlanner.winningPlan).match(/(?<="stage":")\w+/g);
    };
    expect(await stages({ a: 1 })).toEqual(['FETCH', 'IXSCAN']);
    expect(await stages({ a: { $gt: 1 } })).toEqual(['COLLSCAN']);
    expect(await stages({}, { a: 1 })).toEqual(['SORT', 'COLLSCAN']);
    expect((await collection.indexes())[1]).toEqual({ v: 2, key: { a: 'hashed' }, name: 'a_hashed' });
  });

  it('order by what is not hashed', async () => {
    const collection = await mongo.collection({ a: 1, b: 1 }, { a: 1, b: 3 }, { a: 2, b: 9 }, { a: 1, b: 2 });
    await collection.createIndex({ a: 'hashed', b: -1 });
    const cursor = collection.find({ a: 1 }).sort({ b: 1 });
    expect((await cursor.toArray()).map(({ b }) => b)).toEqual([1, 2, 3]);
    expect(JSON.stringify(await collection.find({ a: 1 }).sort({ b: 1 }).explain())).not.toContain('SORT');
  });

  it('keep the order of what stands around a single value', async () => {
    const rows = [
      { a: 1, b: 2, c: 5, d: 1 },
      { a: 1, b: 2, c: 5, d: 3 },
      { a: 1, b: 2, c: 6, d: 2 },
      { a: 1, b: 1, c: 5, d: 4 },
    ];
    const collection = await mongo.collection(...rows);
    await collection.createIndex({ a: 1, b: -1, c: 'hashed', d: 1 });
    const found = collection.find({ a: 1, c: 5 }).sort({ b: 1, d: -1 });
    expect((await found.toArray()).map(({ d }) => d)).toEqual([4, 3, 1]);
    expect(JSON.stringify(await collection.find({ a: 1, c: 5 }).sort({ b: 1, d: -1 }).explain())).not.toContain('SORT');
  });

  it.each([
    [{ a: [] }, 'a'],
    [{ b: [1] }, 'b'],
    [{ b: { c: { 0: [2] } } }, 'b.c.0'],
    [{ b: [{ c: 1 }] }, 'b'],
  ])('take no arrays, as in %j', async (document, path) => {
    const collection = await mongo.collection();
    await collection.createIndex({ 'b.c.0': 'hashed', a: 1 });
    const message = `Error: hashed indexes do not currently support array values. Found array at path: ${path}`;
    expect(await refusal(collection.insertOne(document))).toMatchObject({ code: 16766, message });
    expect(await refusal(collection.updateOne({}, { $set: document }, { upsert: true }))).toMatchObject({
      code: 16766,
    });
    expect(await collection.countDocuments()).toBe(0);
  });

  it('leave out what a partial one leaves out', async () => {
    const collection = await mongo.collection();
    await collection.createIndex({ a: 'hashed' }, { partialFilterExpression: { b: { $gt: 5 } } });
    await collection.insertOne({ a: [1], b: 1 });
    expect(await refusal(collection.insertOne({ a: [1], b: 6 }))).toMatchObject({ code: 16766 });
    expect(await refusal(collection.createIndex({ a: 'hashed' }, { name: 'all' }))).toMatchObject({ code: 16766 });
  });

  it('are of one field, and not unique', async () => {
    const collection = await mongo.collection();
    expect(await refusal(collection.createIndex({ a: 'hashed', b: 'hashed' }))).toMatchObject({ code: 31303 });
    expect(await refusal(collection.createIndex({ a: 'hashed' }, { unique: true }))).toMatchObject({ code: 16764 });
    expect(await refusal((await hashed()).find().hint('a_hashed').min({ a: 1 }).toArray())).toMatchObject({
      code: 238,
    });
    expect(await refusal((await hashed()).find({ a: 1 }, { returnKey: true }).toArray())).toMatchObject({ code: 238 });
  });
});
