import type { Document } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

/** The access at the bottom of a plan. */
const access = (plan: Document): Document => (plan.inputStage ? access(plan.inputStage) : plan);

describe('indexes', () => {
  const mongo = useMongo();

  it('are created, listed and dropped', async () => {
    const collection = await mongo.collection();
    expect(await collection.createIndex({ a: 1, 'b.c': -1 }, { unique: true })).toBe('a_1_b.c_-1');
    await collection.createIndexes([{ key: { d: 1 }, name: 'd', sparse: true }]);
    await collection.createIndex({ d: 1 }, { name: 'd', sparse: true });
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1', unique: true },
      { v: 2, key: { d: 1 }, name: 'd', sparse: true },
    ]);
    await collection.dropIndex('d');
    expect(await refusal(collection.dropIndex('d'))).toMatchObject({ code: 27 });
    expect(await refusal(collection.dropIndex('_id_'))).toMatchObject({ code: 72 });
    await collection.dropIndexes();
    expect(await collection.indexes()).toHaveLength(1);
    expect(await refusal(mongo.db.collection('nowhere').indexes())).toMatchObject({ code: 26 });
  });

  it('refuse what contradicts an index that is there, or cannot be', async () => {
    const collection = await mongo.collection();
    await collection.createIndex({ a: 1 }, { name: 'a' });
    expect(await refusal(collection.createIndex({ a: 1 }, { name: 'b' }))).toMatchObject({ code: 85 });
    expect(await refusal(collection.createIndex({ b: 1 }, { name: 'a' }))).toMatchObject({ code: 86 });
    expect(await refusal(collection.createIndex({ a: 1 }, { name: 'a', unique: true }))).toMatchObject({ code: 86 });
    expect(await refusal(collection.createIndex({ a: 1 }, { name: 'a', hidden: true }))).toMatchObject({ code: 85 });
    expect(await collection.createIndex({ a: 1 }, { name: 'unique', unique: true })).toBe('unique');
    expect(await refusal(collection.createIndex({ a: 'text' }))).toMatchObject({ code: 67 });
  });

  it('hold keys unique, on insert and on update, and leave all as it was', async () => {
    const collection = await mongo.collection();
    await collection.createIndex({ a: 1, b: 1 }, { unique: true });
    await collection.createIndex({ c: 1 });
    await collection.insertMany([
      { _id: 1, a: 1, b: 'x', c: 1 },
      { _id: 2, a: 1, b: 'y', c: 2 },
    ]);
    const error = await refusal(collection.insertOne({ _id: 3, a: 1, b: 'x', c: 3 }));
    expect(error).toMatchObject({ code: 11000, keyPattern: { a: 1, b: 1 }, keyValue: { a: 1, b: 'x' } });
    expect(error.message).toMatch(/index: a_1_b_1 dup key: { a: 1, b: "x" }$/);
    expect(await refusal(collection.updateOne({ _id: 2 }, { $set: { b: 'x', c: 9 } }))).toMatchObject({ code: 11000 });
    expect(
      await collection
        .find({ c: { $gte: 0 } })
        .sort({ c: 1 })
        .toArray(),
    ).toEqual([
      { _id: 1, a: 1, b: 'x', c: 1 },
      { _id: 2, a: 1, b: 'y', c: 2 },
    ]);
    await collection.deleteOne({ _id: 1 });
    expect(await collection.insertOne({ _id: 3, a: 1, b: 'x' })).toMatchObject({ insertedId: 3 });
  });

  it('are not built over duplicates', async () => {
    const collection = await mongo.collection({ a: 1 }, { a: 1 });
    expect(await refusal(collection.createIndex({ a: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
    expect(await collection.indexes()).toHaveLength(1);
  });

  it('let missing keys pass when sparse or partial', async () => {
    const collection = await mongo.collection();
    await collection.createIndex({ a: 1 }, { unique: true, sparse: true });
    await collection.createIndex({ b: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await collection.insertMany([{}, {}, { a: 1, b: 1 }, { a: 2, b: 1, open: true }]);
    expect(await refusal(collection.insertOne({ a: 1 }))).toMatchObject({ code: 11000 });
    expect(await refusal(collection.insertOne({ b: 1, open: true }))).toMatchObject({ code: 11000 });
    expect(await refusal(collection.updateOne({ b: 1, a: 1 }, { $set: { open: true } }))).toMatchObject({
      code: 11000,
    });
    expect(await collection.countDocuments({ a: null })).toBe(2);
    expect(await collection.countDocuments({ b: 1 })).toBe(2);
    expect(await collection.countDocuments({ b: 1, open: true })).toBe(1);
  });

  it('take arrays element by element', async () => {
    const collection = await mongo.collection(
      { _id: 1, tags: ['a', 'b'] },
      { _id: 2, tags: ['b', 'c', 'c'] },
      { _id: 3, tags: [] },
    );
    await collection.createIndex({ tags: 1 });
    const found = async (filter: Document) =>
      (await collection.find(filter).hint('tags_1').toArray()).map(({ _id }) => _id);
    expect(await found({ tags: 'b' })).toEqual([1, 2]);
    expect(await found({ tags: { $gte: 'b' } })).toEqual([1, 2]);
    await collection.updateOne({ _id: 1 }, { $pull: { tags: 'b' } as never });
    expect(await found({ tags: 'b' })).toEqual([2]);
    await collection.createIndex({ tags: 1, other: 1 });
    expect(await refusal(collection.insertOne({ tags: [1], other: [2] }))).toMatchObject({ code: 171 });
  });

  it('let different elements of one array meet different conditions', async () => {
    const list = [
      { x: 1, y: 5 },
      { x: 2, y: 6 },
    ];
    const collection = await mongo.collection({ _id: 1, list });
    await collection.createIndex({ 'list.x': 1, 'list.y': 1 });
    expect(await collection.countDocuments({ 'list.x': 1, 'list.y': 6 }, { hint: 'list.x_1_list.y_1' })).toBe(1);
    expect(await collection.countDocuments({ 'list.x': { $gt: 1, $lt: 2 } }, { hint: 'list.x_1_list.y_1' })).toBe(1);
  });

  it('do not sort arrays by an element outside of the range', async () => {
    const collection = await mongo.collection({ _id: 1, a: 3 }, { _id: 2, a: [5, 1] });
    await collection.createIndex({ a: 1 });
    const found = await collection
      .find({ a: { $gt: 2 } })
      .sort({ a: 1 })
      .toArray();
    expect(found.map(({ _id }) => _id)).toEqual([2, 1]);
  });

  it('say in explain which of them is used', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1, b: 1 }, { _id: 2, a: 1, b: 2 }, { _id: 3, a: 2, b: 3 });
    await collection.createIndex({ a: 1, b: -1 });
    const explained = async (filter: Document, sort: Document = {}) => {
      const { queryPlanner, executionStats } = await collection
        .find(filter)
        .sort(sort as never)
        .explain();
      return { plan: queryPlanner.winningPlan, access: access(queryPlanner.winningPlan), stats: executionStats };
    };
    expect((await explained({ a: 1, b: { $lt: 2 } })).access).toMatchObject({ stage: 'IXSCAN', indexName: 'a_1_b_-1' });
    expect((await explained({ a: 1 })).stats).toMatchObject({ nReturned: 2, totalDocsExamined: 2 });
    expect((await explained({ a: 1 }, { b: 1 })).plan).toMatchObject({
      stage: 'FETCH',
      inputStage: { direction: 'backward' },
    });
    expect((await explained({ b: 1 })).access).toMatchObject({ stage: 'COLLSCAN' });
    expect((await explained({ b: 1 }, { b: 1 })).plan).toMatchObject({ stage: 'SORT' });
    expect((await explained({ _id: 1 })).plan).toMatchObject({ stage: 'EXPRESS_IXSCAN', indexName: '_id_' });
    expect((await explained({ _id: { $gt: 1 } })).access).toMatchObject({ stage: 'IXSCAN', indexName: '_id_' });
    expect((await explained({}, { _id: -1 })).access).toMatchObject({ stage: 'IXSCAN', direction: 'backward' });
  });

  it('follow a hint, and refuse one that names no index', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 });
    await collection.createIndex({ a: 1 });
    const { queryPlanner } = await collection.find({ _id: 1 }).hint({ a: 1 }).explain();
    expect(access(queryPlanner.winningPlan)).toMatchObject({ indexName: 'a_1' });
    expect(await refusal(collection.find({}).hint('nope').toArray())).toMatchObject({ code: 2 });
  });
});
