import { Binary, type Collection, Decimal128, type Document, Long, ObjectId } from 'mongodb';
import { type Any, useReadStore } from '../support/read-store.ts';

const store = useReadStore();
type Order = Record<string, 1 | -1>;

const sorted = async (rows: Collection<Any>, sort: Order): Promise<string> =>
  (await rows.find({}, { sort }).toArray()).map(({ _id }) => _id).join('');

describe('the order of values', () => {
  it('goes by type, and within a type by size', async () => {
    const values = [
      null,
      -1,
      0.5,
      Long.fromString('9007199254740993'),
      Decimal128.fromString('9007199254740994'),
      'A',
      'Z',
      'a',
      'ü',
      '株',
      { a: 1 },
      { a: 2 },
      new Binary(Buffer.from([1])),
      new ObjectId('0'.repeat(24)),
      false,
      true,
      new Date(0),
      new Date(1),
    ];
    const shuffled = values
      .map((value, index) => ({ _id: index, value }))
      .sort((one, other) => ((one._id * 7) % 18) - ((other._id * 7) % 18));
    const rows = await store.collection(...shuffled);
    const ids = (await rows.find({}, { sort: { value: 1 } }).toArray()).map(({ _id }) => _id);
    expect(ids).toEqual(values.map((_, index) => index));
  });

  it('takes numbers for equal whatever they are stored as', async () => {
    const rows = await store.collection({ _id: 'a', n: 2 }, { _id: 'b', n: Long.fromNumber(2) }, { _id: 'c', n: 2.5 });
    expect(await sorted(rows, { n: -1, _id: 1 })).toBe('cab');
    expect(await rows.countDocuments({ n: Decimal128.fromString('2.0') })).toBe(2);
  });

  it('takes what is absent for null, and both come first', async () => {
    const rows = await store.collection({ _id: 'a', n: 1 }, { _id: 'b' }, { _id: 'c', n: null }, { _id: 'd', n: -5 });
    expect(await sorted(rows, { n: 1, _id: 1 })).toBe('bcda');
    expect(await sorted(rows, { n: -1, _id: 1 })).toBe('adbc');
  });

  it('of a list is that of its least item upwards, and of its greatest downwards', async () => {
    const rows = await store.collection({ _id: 'a', n: [1, 9] }, { _id: 'b', n: 5 }, { _id: 'c', n: [2, 3] });
    expect(await sorted(rows, { n: 1 })).toBe('acb');
    expect(await sorted(rows, { n: -1 })).toBe('abc');
  });

  it.each([false, true])('of several fields, with or without an index: %s', async (isIndexed) => {
    const fields = [
      ['open', 3],
      ['open', 1],
      ['won', 2],
      ['open', 3],
      ['won', 9],
      [null, 5],
    ] as const;
    const rows = await store.collection(...fields.map(([status, at], place) => ({ _id: 'abcdef'[place], status, at })));
    if (isIndexed) await rows.createIndex({ status: 1, at: -1 });
    expect(await sorted(rows, { status: 1, at: -1, _id: 1 })).toBe('fadbec');
    expect(await sorted(rows, { status: -1, at: 1, _id: -1 })).toBe('cebdaf');
    const open = await rows.find({ status: 'open', at: { $gte: 2 } }, { sort: { at: -1, _id: 1 } }).toArray();
    expect(open.map(({ _id }) => _id).join('')).toBe('ad');
  });

  it('of a path is that of what is there', async () => {
    const rows = await store.collection(
      { _id: 'a', customer: { city: 'A', name: 'Zhou' } },
      { _id: 'b', customer: { city: 'B', name: 'Ahn' } },
      { _id: 'c', customer: null },
    );
    expect(await sorted(rows, { 'customer.name': 1 })).toBe('cba');
  });
});

/** The rows behind a row, in the order by `at` and then by id. */
const behind = (row: Document, direction: 1 | -1): Document => {
  const { at = null, _id } = row;
  const tied = { $and: [{ at }, { _id: { $gt: _id } }] };
  if (at === null) return { $or: [...(direction === 1 ? [{ at: { $ne: null } }] : []), tied] };
  return { $or: [...(direction === 1 ? [{ at: { $gt: at } }] : [{ at: { $lt: at } }, { at: null }]), tied] };
};

describe('pages that each begin behind the last row of the one before', () => {
  const times = [5, 3, null, 5, undefined, 1, 3, 5, null, 2, 5, 1];

  it.each([1, -1] as const)('hold every row once and in order, %s', async (direction) => {
    const rows = await store.collection(...times.map((at, place) => ({ _id: `r${place + 10}`, at })));
    await rows.createIndex({ at: direction });
    const sort = { at: direction, _id: 1 } as const;
    const paged: Document[] = [];
    for (let page: Document[] = []; ; paged.push(...page)) {
      const last = page.at(-1);
      page = await rows.find(last ? behind(last, direction) : {}, { sort, limit: 3, batchSize: 4 }).toArray();
      if (page.length === 0) break;
    }
    expect(paged).toEqual(await rows.find({}, { sort }).toArray());
    expect(paged).toHaveLength(times.length);
  });

  it('stay as they are when rows come and go before and behind', async () => {
    const rows = await store.collection(...Array.from({ length: 20 }, (_, at) => ({ _id: `r${at + 10}`, at })));
    const sort = { at: 1, _id: 1 } as const;
    const page = await rows.find({}, { sort, limit: 10 }).toArray();
    await rows.insertOne({ _id: 'before', at: 3.5 });
    await rows.deleteOne({ _id: 'r11' });
    await rows.insertOne({ _id: 'behind', at: 9.5 });
    const next = await rows.find(behind(page.at(-1)!, 1), { sort, limit: 3 }).toArray();
    expect(next.map(({ _id }) => _id)).toEqual(['behind', 'r20', 'r21']);
  });
});
