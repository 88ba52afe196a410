import type { Long } from 'mongodb';
import { type Any, refusal, useMongo } from '../fixture.ts';

describe('capped collections', () => {
  const mongo = useMongo();
  let collections = 0;
  const capped = async (options: object, ...documents: object[]) => {
    const name = `capped${++collections}`;
    await mongo.db.createCollection(name, { capped: true, size: 4096, ...options });
    const collection = mongo.db.collection<Any>(name);
    if (documents.length > 0) await collection.insertMany(documents as never);
    return collection;
  };
  const ids = (documents: readonly { _id?: unknown }[]) => documents.map(({ _id }) => _id);

  it('let the oldest documents go', async () => {
    const few = await capped({ max: 2 }, { _id: 1 }, { _id: 2 }, { _id: 3 });
    expect(ids(await few.find().toArray())).toEqual([2, 3]);
    const small = await capped({ size: 1000 }, ...[1, 2, 3, 4, 5].map((_id) => ({ _id, text: 'x'.repeat(1_000) })));
    expect(ids(await small.find().sort({ $natural: -1 }).toArray())).toEqual([5, 4, 3]);
    expect(await small.isCapped()).toBe(true);
    expect(await small.options()).toMatchObject({ capped: true, size: 4096 });
  });

  it('have a size and a number of documents that are within their bounds', async () => {
    const code = async (options: object) => (await refusal(capped(options))).code;
    expect(await code({ size: 0 })).toBe(2);
    expect(await code({ size: 2 ** 50 + 1 })).toBe(2);
    expect(await code({ max: 2 ** 31 })).toBe(2);
    expect(await code({ capped: false, size: -1 })).toBe(2);
    expect(await code({ size: null })).toBe(72);
  });

  it('are followed by tailable cursors', async () => {
    const collection = await capped({}, { _id: 1, n: 1 }, { _id: 2, n: 2 });
    const cursor = collection.find({ n: { $gt: 1 } }, { tailable: true, showRecordId: true });
    expect(await cursor.tryNext()).toMatchObject({ _id: 2, $recordId: 2 });
    expect(await cursor.tryNext()).toBeNull();
    expect(cursor.closed).toBe(false);
    await collection.insertMany([{ _id: 3, n: 0 }, { _id: 4, n: 4 }] as never); // prettier-ignore
    expect(await cursor.tryNext()).toMatchObject({ _id: 4 });
    await cursor.close();
  });

  it('wake those that wait for data', async () => {
    const collection = await capped({}, { _id: 1 });
    const cursor = collection.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 60_000 });
    expect(await cursor.next()).toMatchObject({ _id: 1 });
    const next = cursor.next();
    await collection.insertOne({ _id: 2 });
    expect(await next).toMatchObject({ _id: 2 });
    const nobody = cursor.next();
    await collection.drop();
    expect((await refusal(nobody)).code).toBe(175);
  });

  it('wait no longer than they are told, and answer the same client in its order', async () => {
    const { collectionName } = await capped({}, { _id: 1 });
    const session = mongo.client.startSession();
    const wait = { promoteLongs: false, session };
    const opened = await mongo.db.command({ find: collectionName, tailable: true, awaitData: true }, wait);
    const more = { getMore: opened.cursor.id as Long, collection: collectionName, maxTimeMS: 1 };
    expect((await mongo.db.command(more, wait)).cursor).toMatchObject({ nextBatch: [], id: opened.cursor.id });
    await session.endSession();
  });

  it('tell a cursor that its place is gone', async () => {
    const collection = await capped({ max: 1 }, { _id: 1 });
    const cursor = collection.find({}, { tailable: true });
    await cursor.tryNext();
    await collection.insertMany([{ _id: 2 }, { _id: 3 }] as never);
    expect(await refusal(cursor.tryNext())).toMatchObject({ code: 136, codeName: 'CappedPositionLost' });
  });

  it('have a tail as the only ones, and it has one order', async () => {
    const plain = await mongo.collection({ _id: 1 });
    expect((await refusal(plain.find({}, { tailable: true }).toArray())).code).toBe(2);
    const collection = await capped({}, { _id: 1 });
    expect((await refusal(collection.find({}, { tailable: true, sort: { n: 1 } }).toArray())).code).toBe(2);
    const empty = await capped({});
    expect(await empty.find({}, { tailable: true }).toArray()).toEqual([]);
  });
});
