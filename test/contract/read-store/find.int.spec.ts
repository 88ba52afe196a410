import type { Collection, Document } from 'mongodb';
import { type Any, useReadStore } from '../support/read-store.ts';

const store = useReadStore();

const documents: Document[] = [
  { _id: 'a', n: 1, word: 'Apple', owner: { name: 'Anna' }, tags: ['red', 'round'], at: null },
  { _id: 'b', n: 2, word: 'apple pie', owner: { name: 'Ben' }, tags: ['warm'], at: 5 },
  { _id: 'c', n: 3, word: 'Zürich', owner: null, tags: [] },
  { _id: 'd', n: '2', word: '株式', owner: { name: 'Anna', role: 'rep' }, gone: true },
  {
    _id: 'e',
    word: 'a+b (c)',
    steps: [
      { to: 'x', n: 1 },
      { to: 'y', n: 9 },
    ],
    at: 7,
  },
];
let rows: Collection<Any>;
beforeAll(async () => (rows = await store.collection(...documents)));

const found = async (filter: Document): Promise<string> =>
  (await rows.find(filter, { sort: { _id: 1 } }).toArray()).map(({ _id }) => _id).join('');

describe('a filter', () => {
  it.each<[string, Document, string]>([
    ['nothing: all', {}, 'abcde'],
    ['ids, of which some are not there', { _id: { $in: ['e', 'b', 'z'] } }, 'be'],
    ['no ids', { _id: { $in: [] } }, ''],
    ['a value', { word: 'Apple' }, 'a'],
    ['several fields: all of them', { n: 2, word: 'Apple' }, ''],
    ['one of many values', { n: { $in: [1, 3, 4] } }, 'ac'],
    ['none of many values, or absent', { n: { $nin: [1, 2] } }, 'cde'],
    ['another value, or absent', { n: { $ne: 1 } }, 'bcde'],
    ['bounds', { n: { $gte: 2, $lt: 3 } }, 'b'],
    ['bounds never reach across types', { n: { $gt: 0 } }, 'abc'],
    ['bounds of text', { word: { $gte: 'Z', $lt: 'a' } }, 'c'],
    ['bounds of ids', { _id: { $gt: 'b', $lte: 'd' } }, 'cd'],
    ['null: null or absent', { at: null }, 'acd'],
    ['not null', { at: { $ne: null } }, 'be'],
    ['null among others', { at: { $in: [5, null] } }, 'abcd'],
    ['there, be it null', { at: { $exists: true } }, 'abe'],
    ['not there', { gone: { $exists: false } }, 'abce'],
    ['a path', { 'owner.name': 'Anna' }, 'ad'],
    ['a path that ends nowhere', { 'owner.name': null }, 'ce'],
    ['a path into items', { 'steps.to': 'y' }, 'e'],
    ['a whole document, its order included', { owner: { name: 'Anna' } }, 'a'],
    ['an item', { tags: 'round' }, 'a'],
    ['one of the items', { tags: { $in: ['warm', 'red'] } }, 'ab'],
    ['all of the items', { tags: { $all: ['round', 'red'] } }, 'a'],
    ['a whole list', { tags: ['warm'] }, 'b'],
    ['an empty list', { tags: [] }, 'c'],
    ['one item with all this', { steps: { $elemMatch: { to: 'x', n: { $gt: 5 } } } }, ''],
    ['items that together have all this', { 'steps.to': 'x', 'steps.n': { $gt: 5 } }, 'e'],
    ['text by a pattern', { word: { $regex: '^App' } }, 'a'],
    ['text by a pattern, whatever the case', { word: { $regex: '^APP', $options: 'i' } }, 'ab'],
    ['text with letters that patterns use', { word: { $regex: '\\+b \\(c\\)$' } }, 'e'],
    ['one of several filters', { $or: [{ n: 1 }, { word: 'Zürich' }] }, 'ac'],
    ['all of several filters', { $and: [{ n: { $gt: 1 } }, { tags: 'warm' }] }, 'b'],
    ['both, nested', { $and: [{ gone: { $exists: false } }, { $or: [{ n: 2 }, { at: 7 }] }] }, 'be'],
    ['not', { n: { $not: { $gt: 1 } } }, 'ade'],
  ])('for %s', async (_, filter, expected) => {
    expect(await found(filter)).toBe(expected);
    expect(await rows.countDocuments(filter)).toBe(expected.length);
  });
});

describe('finding', () => {
  it('one gives null where there is none', async () => {
    expect(await rows.findOne({ _id: 'z' })).toBeNull();
    expect(await rows.findOne({ _id: 'c' })).toEqual(documents[2]);
  });

  it('gives only the fields that are asked for, and the id', async () => {
    const find = (projection: Document) => rows.findOne({ _id: 'd' }, { projection });
    expect(await find({ n: 1, gone: 1, absent: 1 })).toEqual({ _id: 'd', n: '2', gone: true });
    expect(await find({ _id: 1 })).toEqual({ _id: 'd' });
    expect(await find({ 'owner.role': 1, _id: 0 })).toEqual({ owner: { role: 'rep' } });
    expect(await find({ owner: 0, word: 0 })).toEqual({ _id: 'd', n: '2', gone: true });
  });

  it('many ids at once gives each once', async () => {
    const many = await store.collection(...Array.from({ length: 2_000 }, (_, id) => ({ _id: `row-${id}` })));
    const ids = Array.from({ length: 1_500 }, (_, id) => `row-${2 * id}`);
    const rowsOf = await many.find({ _id: { $in: [...ids, ...ids] } }, { batchSize: ids.length + 1 }).toArray();
    expect(new Set(rowsOf.map(({ _id }) => _id)).size).toBe(1_000);
    expect(rowsOf).toHaveLength(1_000);
  });

  it('takes limit and skip behind the order', async () => {
    const ids = async (limit: number, skip: number) =>
      (await rows.find({}, { sort: { _id: -1 }, limit, skip }).toArray()).map(({ _id }) => _id).join('');
    expect([await ids(2, 0), await ids(2, 3), await ids(0, 0), await ids(9, 9)]).toEqual(['ed', 'ba', 'edcba', '']);
  });

  it('counts, and answers with different values', async () => {
    expect(await rows.countDocuments({ tags: 'nowhere' })).toBe(0);
    expect(await rows.estimatedDocumentCount()).toBe(5);
    expect(new Set(await rows.distinct('owner.name'))).toEqual(new Set(['Anna', 'Ben']));
  });
});
