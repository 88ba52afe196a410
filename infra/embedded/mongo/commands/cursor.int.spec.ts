import { MongoClient } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('cursors', () => {
  const mongo = useMongo();
  const numbered = (count: number) =>
    mongo.collection(...Array.from({ length: count }, (_, _id) => ({ _id, group: _id % 3 })));
  const openCursors = async (): Promise<number> =>
    (await mongo.client.db('admin').command({ serverStatus: 1 })).metrics.cursor.open.total;
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + 5_000;
    while (!(await condition())) if (Date.now() > deadline) throw new Error('the condition never held');
  };

  it('give everything once, whatever the size of a batch', async () => {
    const collection = await numbered(250);
    for (const batchSize of [1, 7, 101, 1000]) {
      const found = await collection
        .find({ group: { $lt: 2 } })
        .batchSize(batchSize)
        .toArray();
      expect(found.map(({ _id }) => _id)).toEqual(
        Array.from({ length: 250 }, (_, at) => at).filter((at) => at % 3 < 2),
      );
    }
    expect(await openCursors()).toBe(0);
  });

  it('end with the first batch when asked to', async () => {
    const { collectionName } = await numbered(10);
    const reply = await mongo.db.command({ find: collectionName, batchSize: 3, singleBatch: true });
    expect(reply.cursor).toMatchObject({ firstBatch: [{ _id: 0 }, { _id: 1 }, { _id: 2 }] });
    expect(Number(reply.cursor.id)).toBe(0);
    expect(reply.cursor.ns).toBe(`test.${collectionName}`);
  });

  it('open without documents when the first batch is to be empty', async () => {
    const { collectionName } = await numbered(2);
    const { cursor } = await mongo.db.command({ find: collectionName, batchSize: 0 });
    expect(cursor.firstBatch).toEqual([]);
    const more = await mongo.db.command({ getMore: cursor.id, collection: collectionName });
    expect(more.cursor).toMatchObject({
      nextBatch: [
        { _id: 0, group: 0 },
        { _id: 1, group: 1 },
      ],
    });
    expect(Number(more.cursor.id)).toBe(0);
  });

  it('see documents as they have become, and not those that are gone', async () => {
    const collection = await numbered(10);
    const cursor = collection.find().batchSize(2);
    expect(await cursor.next()).toMatchObject({ _id: 0 });
    await collection.updateMany({}, { $set: { text: 'changed, and longer than before' } });
    await collection.deleteMany({ _id: { $in: [5, 6] } });
    const rest = await cursor.toArray();
    expect(rest.map(({ _id }) => _id)).toEqual([1, 2, 3, 4, 7, 8, 9]);
    expect(rest.at(-1)).toEqual({ _id: 9, group: 0, text: 'changed, and longer than before' });
  });

  it('keep a sorted result whole while documents change', async () => {
    const collection = await numbered(10);
    const cursor = collection.find().sort({ group: -1, _id: 1 }).batchSize(2);
    expect(await cursor.next()).toMatchObject({ _id: 2 });
    await collection.updateMany({}, { $set: { group: 7 } });
    await collection.deleteMany({ _id: { $gt: 7 } });
    expect((await cursor.toArray()).map(({ _id, group }) => [_id, group])).toEqual([
      [5, 2], [8, 2], [1, 1], [4, 1], [7, 1], [0, 0], [3, 0], [6, 0], [9, 0],
    ]); // prettier-ignore
  });

  it('keep a batch within 16 MB', async () => {
    const collection = await mongo.collection();
    for (let _id = 0; _id < 5; _id++) await collection.insertOne({ _id, text: 'x'.repeat(6_000_000) });
    const { cursor } = await mongo.db.command({ find: collection.collectionName });
    expect(cursor.firstBatch).toHaveLength(2);
    expect((await collection.find().toArray()).map(({ _id }) => _id)).toEqual([0, 1, 2, 3, 4]);
  });

  it('go when they are closed', async () => {
    const collection = await numbered(300);
    const before = await openCursors();
    const cursor = collection.find().batchSize(10);
    await cursor.next();
    expect(await openCursors()).toBe(before + 1);
    const id = cursor.id!;
    await cursor.close();
    expect(await openCursors()).toBe(before);
    const more = mongo.db.command({ getMore: id, collection: collection.collectionName });
    expect(await refusal(more)).toMatchObject({ code: 43, codeName: 'CursorNotFound' });
    const killed = await mongo.db.command({ killCursors: collection.collectionName, cursors: [id] });
    expect(killed.cursorsNotFound).toHaveLength(1);
  });

  it('outlive the connection that opened them, and go with their session', async () => {
    const collection = await numbered(300);
    const { collectionName } = collection;
    const before = await openCursors();
    const other = await MongoClient.connect(`mongodb://127.0.0.1:${mongo.port}`, { maxPoolSize: 1 });
    const { cursor } = await other.db('test').command({ find: collectionName, batchSize: 5 });
    const more = await mongo.db.command({ getMore: cursor.id, collection: collectionName, batchSize: 5 });
    expect(more.cursor.nextBatch.map(({ _id }: { _id: number }) => _id)).toEqual([5, 6, 7, 8, 9]);
    await other.close();
    await until(async () => (await openCursors()) === before);
    const session = mongo.client.startSession();
    const inSession = collection.find({}, { session }).batchSize(5);
    await inSession.next();
    await mongo.db.command({ killSessions: [session.id] });
    expect(await refusal(inSession.toArray())).toMatchObject({ code: 43 });
    await session.endSession();
  });

  it('say so when their collection is dropped', async () => {
    const collection = await numbered(10);
    const before = await openCursors();
    const cursor = collection.find().batchSize(2);
    await cursor.next();
    await collection.drop();
    expect(await refusal(cursor.toArray())).toMatchObject({ code: 175, codeName: 'QueryPlanKilled' });
    expect(await openCursors()).toBe(before);
  });

  it('have no tail, and take only what a cursor takes', async () => {
    const collection = await numbered(10);
    const { collectionName } = collection;
    expect(await refusal(collection.find({}, { tailable: true }).toArray())).toMatchObject({ code: 2 });
    expect(await refusal(mongo.db.command({ find: collectionName, awaitData: true }))).toMatchObject({ code: 9 });
    const { cursor } = await mongo.db.command({ find: collectionName, batchSize: 2 });
    const more = (options: object) => refusal(mongo.db.command({ getMore: cursor.id, ...options }));
    expect(await more({ collection: collectionName, maxTimeMS: 5 })).toMatchObject({ code: 2 });
    expect(await more({ collection: 'other' })).toMatchObject({ code: 13 });
    expect(await more({})).toMatchObject({ code: 40414 });
    expect(await more({ getMore: 5, collection: collectionName })).toMatchObject({ code: 14 });
    const aggregation = { aggregate: collectionName, pipeline: [] };
    expect(await refusal(mongo.db.command(aggregation))).toMatchObject({ code: 9 });
    expect(await refusal(mongo.db.command({ ...aggregation, cursor: { batchSize: -1 } }))).toMatchObject({
      code: 2,
    });
  });
});
