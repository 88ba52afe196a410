import type { AnyBulkWriteOperation, MongoBulkWriteError, WriteError } from 'mongodb';
import { type Any, useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();
const insert = (_id: number): AnyBulkWriteOperation<Any> => ({ insertOne: { document: { _id } } });
const errorsOf = ({ writeErrors }: MongoBulkWriteError) =>
  [writeErrors].flat().map(({ index, code }: WriteError) => [index, code]);
const idsOf = (documents: readonly Any[]) => documents.map(({ _id }) => _id);

describe('many writes at once', () => {
  it('without an order: every duplicate is reported by its place, everything else is done', async () => {
    const rows = await store.collection({ _id: 1 }, { _id: 3 });
    const error = await refusal<MongoBulkWriteError>(rows.bulkWrite([0, 1, 2, 3, 4].map(insert), { ordered: false }));
    expect(error.code).toBe(11000);
    expect(errorsOf(error)).toEqual([
      [1, 11000],
      [3, 11000],
    ]);
    expect(error.insertedCount).toBe(3);
    expect(idsOf(await rows.find({}, { sort: { _id: 1 } }).toArray())).toEqual([0, 1, 2, 3, 4]);
  });

  it('in order: the first duplicate is reported, and nothing behind it is done', async () => {
    const rows = await store.collection({ _id: 1 }, { _id: 3 });
    const error = await refusal<MongoBulkWriteError>(rows.bulkWrite([0, 1, 2, 3, 4].map(insert)));
    expect(errorsOf(error)).toEqual([[1, 11000]]);
    expect(idsOf(await rows.find({}, { sort: { _id: 1 } }).toArray())).toEqual([0, 1, 3]);
  });

  it('of several kinds, each counted', async () => {
    const rows = await store.collection({ _id: 1, n: 1 }, { _id: 2, n: 1 }, { _id: 3, n: 1 });
    const result = await rows.bulkWrite([
      { insertOne: { document: { _id: 4, n: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } } } },
      { updateMany: { filter: { n: 1 }, update: { $set: { n: 5 } } } },
      { replaceOne: { filter: { _id: 2 }, replacement: { m: 1 } } },
      { deleteOne: { filter: { _id: 3 } } },
      { deleteMany: { filter: { _id: { $gt: 100 } } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, matchedCount: 5, modifiedCount: 5, deletedCount: 1 });
    expect(await rows.find({}, { sort: { _id: 1 } }).toArray()).toEqual([
      { _id: 1, n: 2 },
      { _id: 2, m: 1 },
      { _id: 4, n: 5 },
    ]);
  });

  it('counts what a filter matched, also where nothing had to change', async () => {
    const rows = await store.collection({ _id: 'a', epoch: 1, at: 5 }, { _id: 'b', epoch: 2, at: 5 });
    const hold = (_id: string, epoch: number) => ({
      updateOne: { filter: { _id, epoch }, update: { $set: { at: 5 } } },
    });
    const result = await rows.bulkWrite([hold('a', 1), hold('b', 1)], { ordered: false });
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  it('may be thousands, which take several messages', async () => {
    const rows = await store.collection();
    const filling = 'x'.repeat(500);
    const writes = Array.from({ length: 3_000 }, (_, id) => ({
      replaceOne: { filter: { _id: id }, replacement: { id, filling }, upsert: true },
    }));
    expect(await rows.bulkWrite(writes, { ordered: false })).toMatchObject({ upsertedCount: 3_000 });
    expect(await rows.countDocuments()).toBe(3_000);
    expect(await rows.findOne({ _id: 2_999 })).toEqual({ _id: 2_999, id: 2_999, filling });
  });

  it('inserted together without an order: those that can be, are', async () => {
    const rows = await store.collection({ _id: 2 });
    const error = await refusal<MongoBulkWriteError>(
      rows.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }], { ordered: false }),
    );
    expect(errorsOf(error)).toEqual([[1, 11000]]);
    expect(await rows.countDocuments()).toBe(3);
  });
});
