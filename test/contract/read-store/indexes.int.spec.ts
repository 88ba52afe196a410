import { useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();
const names = async (rows: { indexes(): Promise<{ name?: string }[]> }) =>
  (await rows.indexes()).map(({ name }) => name).sort();

describe('an index', () => {
  it('is made once, however often it is asked for, and makes its collection', async () => {
    const rows = await store.collection();
    const made = await Promise.all([1, 2, 3].map(() => rows.createIndex({ status: 1, 'customer.name': -1 })));
    expect(new Set(made)).toEqual(new Set(['status_1_customer.name_-1']));
    expect(await rows.createIndex({ status: 1, 'customer.name': -1 })).toBe('status_1_customer.name_-1');
    expect(await names(rows)).toEqual(['_id_', 'status_1_customer.name_-1']);
  });

  it('may be several at once, each with its name', async () => {
    const rows = await store.collection({ _id: 1 });
    expect(await rows.createIndexes([{ key: { a: 1 } }, { key: { b: 1 }, name: 'by-b', unique: true }])).toEqual([
      'a_1',
      'by-b',
    ]);
    expect((await rows.indexes()).find(({ name }) => name === 'by-b')).toMatchObject({ key: { b: 1 }, unique: true });
  });

  it.each([
    ['under the same name for other fields', { b: 1 }, { name: 'one' }],
    ['for the same fields under another name', { a: 1 }, { name: 'other' }],
    ['with other options', { a: 1 }, { name: 'one', unique: true }],
  ])('is refused %s', async (_, keys, options) => {
    const rows = await store.collection();
    await rows.createIndex({ a: 1 }, { name: 'one' });
    const { code } = await refusal(rows.createIndex(keys as never, options));
    // IndexOptionsConflict, IndexKeySpecsConflict
    expect([85, 86]).toContain(code);
    expect(await names(rows)).toEqual(['_id_', 'one']);
  });

  it('is dropped by its name', async () => {
    const rows = await store.collection();
    await rows.createIndex({ a: 1 });
    await rows.dropIndex('a_1');
    expect(await names(rows)).toEqual(['_id_']);
  });

  it('does not change what is found, whatever the documents are like', async () => {
    const documents = [
      { _id: 1, words: ['press', 'line'], n: 1 },
      { _id: 2, words: ['line'], n: null },
      { _id: 3, words: [], n: 'text' },
      { _id: 4, words: null },
      { _id: 5, words: ['pressing'], n: [1, 2] },
      { _id: 6, words: 'line', n: { m: 1 } },
    ];
    const [plain, indexed] = [await store.collection(...documents), await store.collection()];
    await indexed.createIndex({ words: 1, _id: 1 });
    await indexed.createIndex({ n: -1 });
    await indexed.insertMany(documents as never);
    const filters = [
      { words: 'line' },
      { words: { $in: ['press', null] } },
      { words: { $regex: '^press' } },
      { words: [] },
      { n: { $gte: 1 } },
      { n: null },
      { n: { $ne: 1 } },
      { n: { $exists: false } },
      { 'n.m': 1 },
    ];
    const sort = { _id: 1 } as const;
    for (const filter of filters) {
      expect(await indexed.find(filter, { sort }).toArray()).toEqual(await plain.find(filter, { sort }).toArray());
    }
  });

  it('follows every change of a document', async () => {
    const rows = await store.collection({ _id: 1, stage: 'lead' }, { _id: 2, stage: 'offer' });
    await rows.createIndex({ stage: 1 });
    await rows.updateOne({ _id: 1 }, { $set: { stage: 'offer' } });
    await rows.replaceOne({ _id: 2 }, { stage: 'won' });
    await rows.insertOne({ _id: 3, stage: 'lead' });
    await rows.deleteOne({ _id: 3 });
    const ids = async (stage: string) => (await rows.find({ stage }).toArray()).map(({ _id }) => _id);
    expect([await ids('lead'), await ids('offer'), await ids('won')]).toEqual([[], [1], [2]]);
  });
});

describe('a unique index', () => {
  it('refuses a second document with the same values, and tells which', async () => {
    const rows = await store.collection({ _id: 1, subject: 'anna', year: 2026 });
    await rows.createIndex({ subject: 1, year: 1 }, { unique: true });
    await rows.insertOne({ _id: 2, subject: 'anna', year: 2027 });
    const twice = { code: 11000, keyPattern: { subject: 1, year: 1 }, keyValue: { subject: 'anna', year: 2026 } };
    expect(await refusal(rows.insertOne({ _id: 3, subject: 'anna', year: 2026 }))).toMatchObject(twice);
    expect(await refusal(rows.updateOne({ _id: 2 }, { $set: { year: 2026 } }))).toMatchObject(twice);
    expect(await rows.findOne({ _id: 2 })).toMatchObject({ year: 2027 });
    expect(await rows.countDocuments()).toBe(2);
  });

  it('takes the absent for one value, unless it is sparse or partial', async () => {
    const rows = await store.collection({ _id: 1 });
    await rows.createIndex({ a: 1 }, { unique: true });
    expect(await refusal(rows.insertOne({ _id: 2 }))).toMatchObject({ code: 11000 });
    const sparse = await store.collection({ _id: 1 });
    await sparse.createIndex({ a: 1 }, { unique: true, sparse: true });
    const partial = await store.collection({ _id: 1, a: 1, open: false });
    await partial.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await sparse.insertOne({ _id: 2 });
    await partial.insertMany([
      { _id: 2, a: 1, open: false },
      { _id: 3, a: 1, open: true },
    ]);
    expect(await refusal(partial.insertOne({ _id: 4, a: 1, open: true }))).toMatchObject({ code: 11000 });
  });

  it('leads to what lies deep in a document, and takes it for absent where the way ends before', async () => {
    const deep = await store.collection({ _id: 1, a: { b: { c: 1 } } }, { _id: 2, a: { b: 1 } }, { _id: 3, a: null });
    await deep.createIndex({ 'a.b.c': 1 }, { unique: true, sparse: true });
    await deep.insertMany([
      { _id: 4, a: { b: { c: 2 } } },
      { _id: 5, a: { b: 'c' } },
      { _id: 6, a: { c: 1 } },
    ]);
    expect(await refusal(deep.insertOne({ _id: 7, a: { b: { c: 1 } } }))).toMatchObject({ code: 11000 });
    expect(await refusal(deep.insertOne({ _id: 8, a: [{ b: { c: 2 } }] }))).toMatchObject({ code: 11000 });
    expect(await deep.findOne({ 'a.b.c': 2 })).toMatchObject({ _id: 4 });
  });

  it('is not made over documents that it would refuse', async () => {
    const rows = await store.collection({ _id: 1, a: 1 }, { _id: 2, a: 1 });
    expect(await refusal(rows.createIndex({ a: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
    expect(await names(rows)).toEqual(['_id_']);
  });

  it('lets exactly one of many inserts at once win', async () => {
    const rows = await store.collection();
    await rows.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, _id) => rows.insertOne({ _id, key: 'k' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await rows.countDocuments()).toBe(1);
  });
});
