import type { Document, UpdateFilter, UpdateOptions } from 'mongodb';
import { type Any, useReadStore } from '../support/read-store.ts';
import { refusal } from '../support/waiting.ts';

const store = useReadStore();
const row = {
  _id: 1,
  n: 5,
  name: 'Anna',
  seen: { revision: 2, at: 7 },
  tags: ['a', 'b'],
  steps: [
    { to: 'x', done: false },
    { to: 'y', done: false },
  ],
};

/** What becomes of the row, without its id. */
const updated = async (update: UpdateFilter<Any>, options: UpdateOptions = {}): Promise<Document> => {
  const rows = await store.collection(row);
  await rows.updateOne({ _id: 1 }, update, options);
  const { _id, ...others } = (await rows.findOne({ _id: 1 }))!;
  return others;
};

describe('an update', () => {
  it.each<[string, UpdateFilter<Any>, Document, UpdateOptions?]>([
    ['sets fields', { $set: { n: 6, more: null } }, { n: 6, more: null }],
    ['sets a part', { $set: { 'seen.revision': 3 } }, { seen: { revision: 3, at: 7 } }],
    ['sets a part of what is not there', { $set: { 'new.deep': 1 } }, { new: { deep: 1 } }],
    ['sets an item', { $set: { 'tags.1': 'c' } }, { tags: ['a', 'c'] }],
    ['adds', { $inc: { n: -2, 'seen.at': 1 } }, { n: 3, seen: { revision: 2, at: 8 } }],
    ['begins to count at nothing', { $inc: { count: 1 } }, { count: 1 }],
    ['keeps the greater', { $max: { n: 9, 'seen.at': 1 } }, { n: 9 }],
    ['keeps the lesser', { $min: { n: 9, 'seen.at': 1 } }, { seen: { revision: 2, at: 1 } }],
    ['appends', { $push: { tags: 'c' } } as never, { tags: ['a', 'b', 'c'] }],
    ['appends several', { $push: { tags: { $each: ['c', 'a'] } } } as never, { tags: ['a', 'b', 'c', 'a'] }],
    ['keeps the last', { $push: { tags: { $each: ['c'], $slice: -2 } } } as never, { tags: ['b', 'c'] }],
    ['begins a list', { $push: { list: 1 } } as never, { list: [1] }],
    ['adds to a set', { $addToSet: { tags: { $each: ['b', 'c'] } } } as never, { tags: ['a', 'b', 'c'] }],
    ['takes out', { $pull: { tags: 'a', steps: { to: 'y' } } } as never, { tags: ['b'], steps: [row.steps[0]] }],
    ['does several things', { $set: { name: 'Ben' }, $inc: { n: 1 } }, { name: 'Ben', n: 6 }],
    [
      'changes the items that match',
      { $set: { 'steps.$[step].done': true } },
      { steps: [row.steps[0], { to: 'y', done: true }] },
      { arrayFilters: [{ 'step.to': 'y' }] },
    ],
  ])('%s', async (_, update, expected, options = {}) => {
    const { _id, ...before } = row;
    expect(await updated(update, options)).toEqual({ ...before, ...expected });
  });

  it('takes fields away', async () => {
    expect(Object.keys(await updated({ $unset: { n: true, 'seen.at': '', absent: 1 } }))).not.toContain('n');
    expect(await updated({ $unset: { 'seen.at': true } })).toMatchObject({ seen: { revision: 2 } });
  });

  it('counts what it matched and what it changed', async () => {
    const rows = await store.collection({ _id: 1, n: 1 }, { _id: 2, n: 1 }, { _id: 3, n: 2 });
    expect(await rows.updateMany({}, { $set: { n: 2 } })).toMatchObject({ matchedCount: 3, modifiedCount: 2 });
    expect(await rows.updateOne({ n: 2 }, { $set: { m: 1 } })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await rows.countDocuments({ m: 1 })).toBe(1);
    expect(await rows.updateOne({ _id: 9 }, { $set: { n: 1 } })).toMatchObject({ matchedCount: 0, upsertedCount: 0 });
  });

  it('that inserts takes what the filter says', async () => {
    const rows = await store.collection();
    await rows.updateOne({ _id: 1, view: 'aging', n: { $gt: 5 } }, { $set: { at: 2 } }, { upsert: true });
    expect(await rows.find().toArray()).toEqual([{ _id: 1, view: 'aging', at: 2 }]);
  });

  it.each<[string, UpdateFilter<Any>, number]>([
    ['an addition to text', { $inc: { name: 1 }, $set: { n: 0 } }, 14],
    ['an item appended to text', { $push: { name: 1 }, $set: { n: 0 } } as never, 2],
    ['two changes of one field', { $set: { n: 1 }, $inc: { n: 1 } }, 40],
    ['another id', { $set: { _id: 2, n: 0 } }, 66],
  ])('is refused as a whole: %s', async (_, update, code) => {
    const rows = await store.collection(row);
    expect(await refusal(rows.updateOne({ _id: 1 }, update))).toMatchObject({ code });
    expect(await rows.find().toArray()).toEqual([row]);
  });

  it('by many at once loses none of their changes', async () => {
    const rows = await store.collection({ _id: 1, n: 0, list: [] });
    const change = (by: number) =>
      rows.updateOne({ _id: 1 }, { $inc: { n: 1 }, $push: { list: by }, $max: { most: by } } as never);
    await Promise.all(Array.from({ length: 40 }, (_, by) => change(by)));
    const changed = await rows.findOne({ _id: 1 });
    expect(changed).toMatchObject({ n: 40, most: 39 });
    expect(new Set(changed?.['list'])).toEqual(new Set(Array.from({ length: 40 }, (_, by) => by)));
  });
});

describe('a replacement', () => {
  it('leaves nothing but the id of what was there', async () => {
    const rows = await store.collection(row);
    await rows.replaceOne({ _id: 1 }, { only: 'this' });
    expect(await rows.find().toArray()).toEqual([{ _id: 1, only: 'this' }]);
  });

  it('cannot bring another id', async () => {
    const rows = await store.collection(row);
    expect(await refusal(rows.replaceOne({ name: 'Anna' }, { _id: 2 } as never))).toMatchObject({ code: 66 });
    expect(await rows.find().toArray()).toEqual([row]);
  });
});

describe('a deletion', () => {
  it('takes one or all that match, and tells how many', async () => {
    const rows = await store.collection(...Array.from({ length: 6 }, (_, _id) => ({ _id, odd: _id % 2 })));
    expect(await rows.deleteOne({ odd: 1 })).toMatchObject({ deletedCount: 1 });
    expect(await rows.deleteMany({ odd: 1 })).toMatchObject({ deletedCount: 2 });
    expect(await rows.deleteOne({ _id: 99 })).toMatchObject({ deletedCount: 0 });
    expect(await rows.countDocuments()).toBe(3);
  });

  it('hands out what it took, to exactly one of many who ask', async () => {
    const rows = await store.collection(row);
    const taken = await Promise.all(Array.from({ length: 10 }, () => rows.findOneAndDelete({ _id: 1 })));
    expect(taken.filter((each) => each !== null)).toEqual([row]);
  });
});
