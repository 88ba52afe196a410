import { type MongoBulkWriteError, type WriteError } from 'mongodb';
import { useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();

/** A write of a view's row: it takes effect where there is no row, or an older one. */
const guarded = (_id: string, revision: number, more: object = {}) => ({
  replaceOne: {
    filter: { _id, 'seen.revision': { $lt: revision } },
    replacement: { seen: { revision }, ...more },
    upsert: true,
  },
});
const codesOf = (error: MongoBulkWriteError): number[] =>
  [error.writeErrors].flat().map(({ code }: WriteError) => code);

describe('a row that is written under its revision', () => {
  it('is inserted where there is none, under the id of the filter', async () => {
    const rows = await store.collection();
    const result = await rows.bulkWrite([guarded('deal-1', 3, { stage: 'lead' })]);
    expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1, upsertedIds: { 0: 'deal-1' } });
    expect(await rows.find().toArray()).toEqual([{ _id: 'deal-1', seen: { revision: 3 }, stage: 'lead' }]);
  });

  it('replaces an older one as a whole', async () => {
    const rows = await store.collection({ _id: 'deal-1', seen: { revision: 2 }, stage: 'lead', note: 'old' });
    const result = await rows.bulkWrite([guarded('deal-1', 3, { stage: 'offer' })]);
    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1, upsertedCount: 0 });
    expect(await rows.findOne({ _id: 'deal-1' })).toEqual({ _id: 'deal-1', seen: { revision: 3 }, stage: 'offer' });
  });

  it.each([
    ['a newer one', 2],
    ['one of the same revision', 3],
  ])('meets %s as a duplicate key, and changes nothing', async (_, revision) => {
    const row = { _id: 'deal-1', seen: { revision: 3 }, stage: 'offer' };
    const rows = await store.collection(row);
    const error = await refusal<MongoBulkWriteError>(
      rows.bulkWrite([guarded('deal-1', revision, { stage: 'lead' })], { ordered: false }),
    );
    expect(codesOf(error)).toEqual([11000]);
    const { filter, replacement } = guarded('deal-1', revision).replaceOne;
    expect(await refusal(rows.replaceOne(filter, replacement, { upsert: true }))).toMatchObject({ code: 11000 });
    expect(await rows.find().toArray()).toEqual([row]);
  });

  it('ends as the newest, in whatever order many writers come at once', async () => {
    const rows = await store.collection();
    const revisions = Array.from({ length: 40 }, (_, index) => (index * 17) % 40);
    const results = await Promise.allSettled(
      revisions.map((revision) => rows.bulkWrite([guarded('deal-1', revision)], { ordered: false })),
    );
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reasons.flatMap(codesOf).every((code) => code === 11000)).toBe(true);
    expect(reasons.length).toBeLessThan(40);
    expect(await rows.find().toArray()).toEqual([{ _id: 'deal-1', seen: { revision: 39 } }]);
  });
});

describe('a document that is put, whatever was there', () => {
  it('is put by all of many writers at once, and is that of one of them', async () => {
    const rows = await store.collection();
    const puts = Array.from({ length: 30 }, (_, by) => rows.replaceOne({ _id: 'job' }, { by }, { upsert: true }));
    const results = await Promise.all(puts);
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
    const [only, ...others] = await rows.find().toArray();
    expect(others).toEqual([]);
    expect(only).toEqual({ _id: 'job', by: expect.any(Number) });
  });

  it('is seen at once over another connection', async () => {
    const rows = await store.collection();
    const reads = Array.from({ length: 20 }, async (_, by) => {
      await rows.replaceOne({ _id: by }, { by }, { upsert: true });
      return rows.findOne({ _id: by });
    });
    expect(await Promise.all(reads)).toEqual(Array.from({ length: 20 }, (_, by) => ({ _id: by, by })));
  });
});

describe('a field that is set on insertion', () => {
  it('is that of the first of many writers, and stays', async () => {
    const rows = await store.collection();
    const put = (by: number) => rows.updateOne({ _id: 'alias' }, { $setOnInsert: { by } }, { upsert: true });
    const results = await Promise.all(Array.from({ length: 20 }, (_, by) => put(by)));
    const first = results.findIndex(({ upsertedCount }) => upsertedCount === 1);
    expect(results.filter(({ matchedCount }) => matchedCount === 1)).toHaveLength(19);
    await put(99);
    expect(await rows.find().toArray()).toEqual([{ _id: 'alias', by: first }]);
  });
});

describe('a count that begins when it is first needed', () => {
  it('loses none of many increments at once', async () => {
    const rows = await store.collection();
    const increment = () => rows.updateOne({ _id: 'aging' }, { $inc: { count: 1 } }, { upsert: true });
    await Promise.all(Array.from({ length: 50 }, increment));
    expect(await rows.find().toArray()).toEqual([{ _id: 'aging', count: 50 }]);
  });
});
