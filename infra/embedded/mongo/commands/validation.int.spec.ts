import type { MongoServerError } from 'mongodb';
import { type Any, refusal, useMongo } from '../fixture.ts';

describe('validation', () => {
  const mongo = useMongo();
  let collections = 0;
  const validated = async (options: object) => {
    const name = `validated${++collections}`;
    await mongo.db.createCollection(name, options);
    return mongo.db.collection<Any>(name);
  };

  it('refuses what does not match, in every way to write', async () => {
    const collection = await validated({ validator: { n: { $type: 'string' } } });
    await collection.insertOne({ _id: 1, n: 'one' });
    const error = (await refusal(collection.insertOne({ _id: 2, n: 2 }))) as MongoServerError;
    expect(error.code).toBe(121);
    expect(error.message).toBe('Document failed validation');
    expect(error.errInfo).toEqual({
      failingDocumentId: 2,
      details: {
        operatorName: '$type',
        specifiedAs: { n: { $type: 'string' } },
        reason: 'type did not match',
        consideredValue: 2,
        consideredType: 'int',
      },
    });
    for (const attempt of [
      () => collection.updateOne({ _id: 1 }, { $set: { n: 1 } }),
      () => collection.replaceOne({ _id: 1 }, { n: 1 }),
      () => collection.updateOne({ _id: 3 }, { $set: { n: 1 } }, { upsert: true }),
      () => collection.findOneAndUpdate({ _id: 1 }, { $set: { n: 1 } }),
      () => collection.findOneAndReplace({ _id: 3 }, { n: 1 }, { upsert: true }),
      () => collection.bulkWrite([{ insertOne: { document: { _id: 3 } } }]),
      () =>
        mongo.client.bulkWrite([
          { name: 'insertOne', namespace: collection.namespace, document: { n: 3 } as never } as never,
        ]),
      () => mongo.db.aggregate([{ $documents: [{ _id: 3 }] }, { $merge: collection.collectionName }]).toArray(),
      () => mongo.db.aggregate([{ $documents: [{ _id: 3 }] }, { $out: collection.collectionName }]).toArray(),
    ])
      expect((await refusal(attempt())).message).toMatch(/failed validation|write error/);
    expect(await collection.find().toArray()).toEqual([{ _id: 1, n: 'one' }]);
  });

  it('can be bypassed, be for new documents only, or be off', async () => {
    const collection = await validated({ validator: { n: { $gt: 0 } }, validationLevel: 'moderate' });
    await collection.insertOne({ _id: 1, n: -1 }, { bypassDocumentValidation: true });
    await collection.updateOne({ _id: 1 }, { $inc: { n: -1 } });
    await collection.insertOne({ _id: 2, n: 1 });
    expect(await refusal(collection.updateOne({ _id: 2 }, { $inc: { n: -1 } }))).toMatchObject({ code: 121 });
    await mongo.db.command({ collMod: collection.collectionName, validationLevel: 'off' });
    await collection.updateOne({ _id: 2 }, { $inc: { n: -1 } });
    const [listed] = await mongo.db.listCollections({ name: collection.collectionName }).toArray();
    expect(listed).toMatchObject({ options: { validator: { n: { $gt: 0 } }, validationLevel: 'off' } });
  });

  it('is part of what a collection is', async () => {
    const { collectionName } = await validated({ validator: { n: 1 } });
    expect(await refusal(mongo.db.createCollection(collectionName))).toMatchObject({ code: 48 });
    await mongo.db.createCollection(collectionName, { validator: { n: 1 } });
    expect(await refusal(mongo.db.createCollection('never', { validator: { $nope: 1 } }))).toMatchObject({ code: 2 });
    expect(await mongo.db.listCollections({ name: 'never' }).toArray()).toEqual([]);
  });

  it('goes by JSON Schema, too, and so do filters', async () => {
    const $jsonSchema = { required: ['n'], properties: { n: { bsonType: 'int', minimum: 1 } } };
    const collection = await validated({ validator: { $jsonSchema } });
    await collection.insertOne({ _id: 1, n: 1 });
    const error = (await refusal(collection.insertOne({ _id: 2, n: 0 }))) as MongoServerError;
    expect(error.errInfo).toMatchObject({ details: { operatorName: '$jsonSchema' } });
    await collection.insertOne({ _id: 3 }, { bypassDocumentValidation: true });
    expect(await collection.find({ $jsonSchema: { required: ['n'] } }).toArray()).toEqual([{ _id: 1, n: 1 }]);
    expect(await collection.countDocuments({ $nor: [{ $jsonSchema }] })).toBe(1);
    expect(await refusal(collection.find({ $jsonSchema: { nope: 1 } }).toArray())).toMatchObject({ code: 9 });
  });
});
