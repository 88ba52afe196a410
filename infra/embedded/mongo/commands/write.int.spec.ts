import type { MongoBulkWriteError } from 'mongodb';
import { ObjectId, Timestamp } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('writing', () => {
  const mongo = useMongo();

  it('inserts one and many, and makes ids on the server for raw inserts', async () => {
    const collection = await mongo.collection({ _id: 1 }, { _id: 'two' });
    await mongo.db.command({ insert: collection.collectionName, documents: [{ a: 1 }] });
    const [, , made] = await collection.find().toArray();
    expect(made?._id).toBeInstanceOf(ObjectId);
    expect(Object.keys(made!)).toEqual(['_id', 'a']);
  });

  it('puts the id first', async () => {
    const collection = await mongo.collection({ a: 1, _id: 5 });
    expect(Object.keys((await collection.findOne())!)).toEqual(['_id', 'a']);
    await collection.replaceOne({ _id: 5 }, { b: 1 });
    expect(Object.keys((await collection.findOne())!)).toEqual(['_id', 'b']);
  });

  it('refuses a second document of the same id in the words of the server', async () => {
    const collection = await mongo.collection({ _id: 'x' });
    const error = await refusal(collection.insertOne({ _id: 'x' }));
    expect(error).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'x' } });
    expect(error.message).toBe(
      `E11000 duplicate key error collection: test.${collection.collectionName} index: _id_ dup key: { _id: "x" }`,
    );
  });

  it('holds ids equal across number types', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const { Long, Double } = await import('mongodb');
    expect(await refusal(collection.insertOne({ _id: Long.fromNumber(1) }))).toMatchObject({ code: 11000 });
    expect(await collection.findOne({ _id: new Double(1) })).toEqual({ _id: 1 });
  });

  it('stops an ordered batch at its first failure', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const error = (await refusal(collection.insertMany([{ _id: 0 }, { _id: 1 }, { _id: 2 }]))) as MongoBulkWriteError;
    expect(error).toMatchObject({ code: 11000, insertedCount: 1 });
    expect(error.writeErrors).toMatchObject([{ index: 1, code: 11000 }]);
    expect(await collection.countDocuments()).toBe(2);
  });

  it('goes on with an unordered batch', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const documents = [{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }];
    const error = (await refusal(collection.insertMany(documents, { ordered: false }))) as MongoBulkWriteError;
    expect(error).toMatchObject({ insertedCount: 2 });
    expect(error.writeErrors).toMatchObject([{ index: 0 }, { index: 2 }]);
  });

  it('counts what a replacement matched and changed', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 });
    expect(await collection.replaceOne({ _id: 1 }, { a: 2 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await collection.replaceOne({ _id: 1 }, { a: 2 })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await collection.replaceOne({ _id: 2 }, { a: 2 })).toMatchObject({ matchedCount: 0, upsertedCount: 0 });
  });

  it('replaces only by a newer position, and says E11000 for an older one', async () => {
    const collection = await mongo.collection();
    const write = (position: number) =>
      collection.replaceOne({ _id: 'd', position: { $lt: position } }, { position }, { upsert: true });
    expect(await write(5)).toMatchObject({ upsertedCount: 1, upsertedId: 'd' });
    expect(await write(6)).toMatchObject({ matchedCount: 1, modifiedCount: 1, upsertedCount: 0 });
    expect(await refusal(write(6))).toMatchObject({ code: 11000 });
    expect(await collection.find().toArray()).toEqual([{ _id: 'd', position: 6 }]);
  });

  it('keeps documents whole when they grow and shrink in place', async () => {
    const collection = await mongo.collection({ _id: 1, text: 'x'.repeat(500) }, { _id: 2, text: 'other' });
    for (const length of [500, 499, 490, 10, 600, 0, 5000, 4999]) {
      await collection.replaceOne({ _id: 1 }, { text: 'y'.repeat(length) });
      expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, text: 'y'.repeat(length) });
    }
    expect(await collection.findOne({ _id: 2 })).toEqual({ _id: 2, text: 'other' });
  });

  it('keeps the id of a document', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const replaced = await refusal(collection.replaceOne({ _id: 1 }, { _id: 2 }));
    expect(replaced).toMatchObject({ code: 66 });
    expect(replaced.message).toContain("(immutable) field '_id' was found to have been altered to _id: 2");
    expect(await refusal(collection.updateOne({ _id: 1 }, { $set: { _id: 2 } }))).toMatchObject({ code: 66 });
    expect(await refusal(collection.updateOne({ _id: 1 }, { $unset: { _id: 1 } }))).toMatchObject({ code: 66 });
    const upsert = collection.replaceOne({ _id: 7 }, { _id: 8 }, { upsert: true });
    expect(await refusal(upsert)).toMatchObject({ code: 66 });
    expect(await collection.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it('builds an upsert from the equalities of the filter', async () => {
    const collection = await mongo.collection();
    const filter = { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 }, $and: [{ e: 'x' }] };
    const result = await collection.updateOne(filter, { $set: { f: 1 }, $setOnInsert: { g: 2 } }, { upsert: true });
    expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1 });
    expect(await collection.findOne()).toEqual({ _id: result.upsertedId, a: 1, b: { c: 2 }, e: 'x', f: 1, g: 2 });
    await collection.updateOne({ a: 1 }, { $setOnInsert: { g: 9 }, $set: { f: 2 } }, { upsert: true });
    expect(await collection.findOne()).toMatchObject({ f: 2, g: 2 });
  });

  it('reports a mixed bulk write operation by operation', async () => {
    const collection = await mongo.collection({ _id: 1 }, { _id: 2 });
    const result = await collection.bulkWrite([
      { insertOne: { document: { _id: 3 } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } },
      { replaceOne: { filter: { _id: 9 }, replacement: { z: 1 }, upsert: true } },
      { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
      { deleteOne: { filter: { _id: 2 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 5,
      modifiedCount: 5,
      deletedCount: 1,
      upsertedCount: 1,
    });
    expect(result.upsertedIds).toEqual({ 2: 9 });
  });

  it('deletes one or many', async () => {
    const collection = await mongo.collection({ a: 1 }, { a: 1 }, { a: 1 }, { a: 2 });
    expect(await collection.deleteOne({ a: 1 })).toMatchObject({ deletedCount: 1 });
    expect(await collection.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 2 });
    expect(await collection.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 0 });
    expect(await collection.countDocuments()).toBe(1);
  });

  it('refuses documents beyond 16 MB', async () => {
    const collection = await mongo.collection();
    const text = 'x'.repeat(8_450_000);
    const error = await refusal(collection.insertOne({ _id: 1, texts: [text, text] }));
    expect(error).toMatchObject({ code: 10334 });
    const slightly = 'x'.repeat(16 * 1024 * 1024 - 20);
    expect(await refusal(collection.insertOne({ _id: 1, text: slightly }))).toMatchObject({ code: 2 });
    await collection.insertOne({ _id: 2, list: [text] });
    const push = (more: string) => collection.updateOne({ _id: 2 }, { $push: { list: more } as never });
    expect(await refusal(push(text))).toMatchObject({ code: 17419 });
    expect((await refusal(push(text + text))).message).toMatch(/larger than 16777216/);
    expect(await collection.countDocuments({ list: { $size: 1 } })).toBe(1);
  });

  it('keeps operators out of ids and replacements, and knows what contradicts itself', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const { collectionName: update } = collection;
    expect(await refusal(collection.insertOne({ _id: { $a: 1 } }))).toMatchObject({ code: 52 });
    const mixed = await mongo.db.command({ update, updates: [{ q: {}, u: { a: 1, $set: { b: 1 } } }] });
    expect(mixed.writeErrors).toMatchObject([{ index: 0, code: 52 }]);
    const upsert = (filter: object) => refusal(collection.updateOne(filter, { $set: { z: 1 } }, { upsert: true }));
    expect(await upsert({ a: { b: 1 }, 'a.c': 2 })).toMatchObject({ code: 54 });
    expect(await upsert({ $and: [{ a: 1 }, { a: 2 }] })).toMatchObject({ code: 54 });
    expect(await refusal(mongo.db.command({ findAndModify: update, remove: true, upsert: true }))).toMatchObject({
      code: 9,
    });
    expect(await collection.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it('puts the present time into an empty timestamp', async () => {
    const empty = new Timestamp({ t: 0, i: 0 });
    const collection = await mongo.collection({ _id: 1, at: empty, in: { at: empty } }, { _id: 2, at: empty });
    const [first, second] = await collection.find().toArray();
    expect(first!.at.greaterThan(new Timestamp({ t: 1_700_000_000, i: 0 }))).toBe(true);
    expect(second!.at.greaterThan(first!.at)).toBe(true);
    expect(first!.in.at).toEqual(empty);
  });

  it('refuses malformed statements', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const { collectionName } = collection;
    const run = (u: object, options = {}) =>
      mongo.db.command({ update: collectionName, updates: [{ q: {}, u, ...options }] });
    expect((await run({ $foo: { a: 1 } })).writeErrors).toMatchObject([
      { code: 9, errmsg: expect.stringMatching(/Unknown modifier: \$foo/) },
    ]);
    expect((await run({ a: 1 }, { multi: true })).writeErrors).toMatchObject([{ code: 9 }]);
    expect((await run({ $set: { a: 1, 'a.b': 2 } })).writeErrors).toMatchObject([{ code: 40 }]);
    expect((await run({ $set: { a: 1, 'a-b': 2, 'a.c': 3 } })).writeErrors).toMatchObject([{ code: 40 }]);
    expect(await refusal(collection.updateOne({ a: { $near: 1 } }, { $set: { a: 1 } }))).toMatchObject({ code: 238 });
    expect(await refusal(mongo.db.command({ insert: collectionName }))).toMatchObject({ code: 40414 });
    expect(await refusal(collection.insertOne({ _id: [1] }))).toMatchObject({ code: 2 });
  });

  it('takes documents that are nested 180 levels deep, and no deeper ones', async () => {
    const collection = await mongo.collection();
    const nested = (levels: number, value: unknown = 1): object =>
      levels === 0 ? (value as object) : { a: nested(levels - 1, value) };
    await collection.insertOne({ _id: 1, a: nested(179) });
    await collection.insertOne({ _id: 2, a: nested(179, {}) });
    expect(await refusal(collection.insertOne({ _id: 3, a: nested(180) }))).toMatchObject({ code: 15 });
    expect(await refusal(collection.insertOne({ _id: 3, a: [nested(179)] }))).toMatchObject({ code: 15 });
    const deeper = { $set: { a: nested(180) } };
    expect(await refusal(collection.updateOne({ _id: 1 }, deeper))).toMatchObject({ code: 15 });
  });

  it('writes over several collections in one client bulk write', async () => {
    const [first, second] = [await mongo.collection({ _id: 1 }), await mongo.collection()];
    const models = [
      { name: 'insertOne', namespace: first.namespace, document: { _id: 2 } },
      {
        name: 'updateOne',
        namespace: second.namespace,
        filter: { _id: 'u' },
        update: { $set: { a: 1 } },
        upsert: true,
      },
      { name: 'replaceOne', namespace: first.namespace, filter: { _id: 1 }, replacement: { b: 1 } },
      { name: 'deleteOne', namespace: first.namespace, filter: { _id: 2 } },
    ] as const;
    const result = await mongo.client.bulkWrite(models as never, { verboseResults: true });
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 1,
      modifiedCount: 1,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(result.updateResults?.get(1)).toMatchObject({ upsertedId: 'u' });
    expect(await first.find().toArray()).toEqual([{ _id: 1, b: 1 }]);
  });

  it('tells which operation of a client bulk write failed', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const insert = (_id: number) =>
      ({ name: 'insertOne', namespace: collection.namespace, document: { _id } }) as never;
    const error = (await refusal(mongo.client.bulkWrite([insert(1), insert(2)], { ordered: false }))) as never as {
      writeErrors: Map<number, { code: number }>;
      partialResult: { insertedCount: number };
    };
    expect(error.writeErrors.get(0)).toMatchObject({ code: 11000 });
    expect(error.partialResult.insertedCount).toBe(1);
  });
});
