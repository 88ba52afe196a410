import { randomUUID } from 'node:crypto';
import { useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();
const collectionNames = async () =>
  (await store.database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);

describe('a collection that does not exist', () => {
  it('reads as an empty one', async () => {
    const rows = await store.collection();
    expect(await rows.find().toArray()).toEqual([]);
    expect(await rows.findOne({ _id: 1 })).toBeNull();
    expect(await rows.countDocuments({ a: 1 })).toBe(0);
    expect(await rows.aggregate([{ $match: {} }]).toArray()).toEqual([]);
    expect(await rows.distinct('a')).toEqual([]);
    expect(await collectionNames()).not.toContain(rows.collectionName);
  });

  it('has nothing to change or to delete', async () => {
    const rows = await store.collection();
    expect(await rows.updateMany({}, { $set: { a: 1 } })).toMatchObject({ matchedCount: 0 });
    expect(await rows.deleteMany({})).toMatchObject({ deletedCount: 0 });
    expect(await rows.findOneAndUpdate({ _id: 1 }, { $set: { a: 1 } })).toBeNull();
  });

  it('may be dropped', async () => {
    const rows = await store.collection();
    await expect(rows.drop()).resolves.toEqual(expect.any(Boolean));
  });

  it('is made by the first write', async () => {
    const rows = await store.collection();
    await rows.insertOne({ _id: 1 });
    expect(await collectionNames()).toContain(rows.collectionName);
  });
});

describe('a collection', () => {
  it.each(['view-checkpoints', 'aging-v2-r1', 'import_jobs.2026', '客户'])('may be called %s', async (name) => {
    await store.database.collection<{ _id: number }>(name).insertOne({ _id: 1 });
    expect(await store.database.collection(name).countDocuments()).toBe(1);
    expect(await collectionNames()).toContain(name);
  });

  it('that was dropped has neither documents nor indexes, and may begin again', async () => {
    const rows = await store.collection({ _id: 1 });
    await rows.createIndex({ a: 1 }, { unique: true });
    await rows.drop();
    await rows.insertMany([{ _id: 1 }, { _id: 2 }]);
    expect((await rows.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    expect(await rows.countDocuments()).toBe(2);
  });

  it('is dropped by several at once without an error', async () => {
    const rows = await store.collection({ _id: 1 });
    await Promise.all([rows.drop(), rows.drop(), rows.drop()]);
    expect(await rows.countDocuments()).toBe(0);
  });

  it('that is renamed takes its documents and indexes along', async () => {
    const rows = await store.collection({ _id: 1 });
    await rows.createIndex({ a: 1 });
    const renamed = await rows.rename(`${rows.collectionName}-renamed`);
    expect(await renamed.find().toArray()).toEqual([{ _id: 1 }]);
    expect((await renamed.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1']);
    expect(await rows.countDocuments()).toBe(0);
  });

  it('is not renamed over another, unless that is to be dropped', async () => {
    const [from, to] = [await store.collection({ _id: 'new' }), await store.collection({ _id: 'old' })];
    // NamespaceExists
    expect(await refusal(from.rename(to.collectionName))).toMatchObject({ code: 48 });
    expect(await to.findOne({})).toEqual({ _id: 'old' });
    await from.rename(to.collectionName, { dropTarget: true });
    expect(await to.find().toArray()).toEqual([{ _id: 'new' }]);
  });

  it('that does not exist cannot be renamed', async () => {
    const rows = await store.collection();
    // NamespaceNotFound
    expect(await refusal(rows.rename(`${rows.collectionName}-renamed`))).toMatchObject({ code: 26 });
  });
});

describe('a database', () => {
  it('that is dropped is gone with everything in it, and others are not', async () => {
    const rows = await store.collection({ _id: 1 });
    const other = store.client.db(`contract-${randomUUID()}`);
    await other.collection<{ _id: number }>(rows.collectionName).insertOne({ _id: 2 });
    expect(await other.collection(rows.collectionName).find().toArray()).toEqual([{ _id: 2 }]);
    await other.dropDatabase();
    expect(await other.collection(rows.collectionName).countDocuments()).toBe(0);
    expect(await other.listCollections().toArray()).toEqual([]);
    expect(await rows.countDocuments()).toBe(1);
    await other.dropDatabase();
  });

  it('answers that it is there', async () => {
    expect(await store.database.command({ ping: 1 })).toMatchObject({ ok: 1 });
    // CommandNotFound
    expect(await refusal(store.database.command({ thereIsNoSuchCommand: 1 }))).toMatchObject({ code: 59 });
  });
});
