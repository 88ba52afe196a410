import { Long } from 'mongodb';
import { useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();
const many = (count: number) => Array.from({ length: count }, (_, _id) => ({ _id }));
const ids = (documents: readonly { _id?: unknown }[]) => documents.map(({ _id }) => _id);
const numbers = (count: number) => Array.from({ length: count }, (_, id) => id);

/** What a command answers that opens a cursor or reads on. */
interface Batch {
  readonly cursor: { readonly id: Long | number; readonly firstBatch: unknown[]; readonly nextBatch: unknown[] };
}
const ask = (command: object) => store.database.command(command) as Promise<object> as Promise<Batch>;
const isClosed = ({ cursor }: Batch) => Long.fromValue(cursor.id).isZero();

describe('a long answer', () => {
  it('comes in batches, each document once and in order', async () => {
    const rows = await store.collection(...many(1_000));
    const found = rows.find({}, { sort: { _id: 1 }, batchSize: 33 });
    expect(ids(await found.toArray())).toEqual(numbers(1_000));
  });

  it('comes in as many bytes as fit', async () => {
    const filling = 'x'.repeat(100_000);
    const rows = await store.collection(...many(200).map((row) => ({ ...row, filling })));
    expect(ids(await rows.find({}, { sort: { _id: 1 }, batchSize: 1_000 }).toArray())).toEqual(numbers(200));
  });

  it('comes in one batch that is known to be all where the batch may be larger', async () => {
    const rows = await store.collection(...many(7));
    const { collectionName: find } = rows;
    const all = await ask({ find, batchSize: 8 });
    expect(all.cursor.firstBatch).toHaveLength(7);
    expect(isClosed(all)).toBe(true);
    const limited = await ask({ find, limit: 3, batchSize: 4 });
    expect(limited.cursor.firstBatch).toHaveLength(3);
    expect(isClosed(limited)).toBe(true);
  });

  it('of an aggregation comes in batches, too', async () => {
    const rows = await store.collection(...many(300));
    const cursor = rows.aggregate([{ $sort: { _id: 1 } }], { batchSize: 50 });
    expect(ids(await cursor.toArray())).toEqual(numbers(300));
  });

  it('may be left in the middle', async () => {
    const rows = await store.collection(...many(100));
    const seen: unknown[] = [];
    for await (const { _id } of rows.find({}, { sort: { _id: 1 }, batchSize: 10 })) {
      seen.push(_id);
      if (seen.length === 15) break;
    }
    expect(seen).toEqual(numbers(15));
    expect(await rows.countDocuments()).toBe(100);
  });

  it('with an order by id has every document that stays, once, while others come and go', async () => {
    const rows = await store.collection(...many(200));
    const seen: number[] = [];
    for await (const { _id } of rows.find({}, { sort: { _id: 1 }, batchSize: 20 })) {
      seen.push(_id as number);
      await rows.replaceOne({ _id }, { seen: true });
      if (seen.length === 50) await rows.deleteMany({ _id: { $gte: 150 } });
      if (seen.length === 60) await rows.insertMany([{ _id: -1 }, { _id: 1_000 }]);
    }
    expect(seen.filter((id) => id >= 0 && id < 150)).toEqual(numbers(150));
    expect(seen).not.toContain(-1);
  });
});

describe('a cursor', () => {
  it('that was killed is not found any more', async () => {
    const { collectionName: collection } = await store.collection(...many(50));
    const { cursor } = await ask({ find: collection, batchSize: 5 });
    const getMore = Long.fromValue(cursor.id);
    expect((await ask({ getMore, collection, batchSize: 5 })).cursor.nextBatch).toHaveLength(5);
    const killed = await store.database.command({ killCursors: collection, cursors: [getMore] });
    expect(killed['cursorsKilled'].map(String)).toEqual([String(getMore)]);
    // CursorNotFound
    expect(await refusal(ask({ getMore, collection }))).toMatchObject({ code: 43 });
  });

  it('that was never opened is not found', async () => {
    const command = { getMore: Long.fromNumber(12_345), collection: 'none' };
    expect(await refusal(ask(command))).toMatchObject({ code: 43 });
  });
});
