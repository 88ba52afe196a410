import { useMongo } from '../fixture.ts';

describe('documents are joined', () => {
  const mongo = useMongo();

  /** The `_id` of those that are found from one document, and of those that one document is found from. */
  const joined = async ([own, local]: [object[], string], [others, foreign]: [object[], string], further = {}) => {
    const collection = await mongo.collection(...own);
    const { collectionName: from } = await mongo.collection(...others);
    const $lookup = { from, localField: local, foreignField: foreign, as: 'found', ...further };
    const result = await collection.aggregate([{ $lookup }, { $sort: { _id: 1 } }]).toArray();
    return result.map(({ _id, found }) => [_id, found.map((other: { _id: number }) => other._id)]);
  };
  const from = async (value: unknown, others: [object[], string]) =>
    (await joined([[{ _id: 0, k: value }], 'k'], others))[0]![1] as unknown;
  const to = async (value: unknown, own: [object[], string]) =>
    (await joined(own, [[{ _id: 0, k: value }], 'k']))
      .filter(([, found]) => found.length > 0)
      .map(([_id]) => _id as unknown);

  const empty = [
    { _id: 0, a: [[]] },
    { _id: 1, a: [[], 1] },
    { _id: 2, a: [[], null] },
    { _id: 3, a: [] },
    { _id: 10 },
    { _id: 11, a: null },
    { _id: 13, a: [null, 1] },
    { _id: 20, a: 1 },
    { _id: 23, a: [[null, 1], 2] },
  ];

  it('by nothing where they have no value, or an array without any', async () => {
    expect(await to(null, [empty, 'a'])).toEqual([2, 3, 10, 11, 13]);
    expect(await from(null, [empty, 'a'])).toEqual([2, 10, 11, 13]);
    expect(await to([], [empty, 'a'])).toEqual([0, 1, 2]);
    expect(await from([], [empty, 'a'])).toEqual([2, 10, 11, 13]);
    expect(await from([[], 42], [empty, 'a'])).toEqual([0, 1, 2, 3]);
  });

  it('by the elements of an array, and found by the array as well', async () => {
    const arrays = [
      { _id: 0, a: [[1, 2], 3] },
      { _id: 2, a: [1, 2] },
      { _id: 10, a: [[[1, 2], 3], 4] },
      { _id: 11, a: [2, 1] },
      { _id: 12, a: [[2, 1], 3] },
    ];
    expect(await to([1, 2], [arrays, 'a'])).toEqual([0, 2, 11]);
    expect(await from([1, 2], [arrays, 'a'])).toEqual([2, 11]);
    expect(await to([[1, 2], 42], [arrays, 'a'])).toEqual([0]);
    expect(await from([[1, 2], 42], [arrays, 'a'])).toEqual([0, 2]);
  });

  it('along paths that lead to nothing', async () => {
    const paths = [
      { _id: 0, a: { y: 1 } },
      { _id: 2, a: [{ y: 1 }, { y: 2 }] },
      { _id: 3, a: [{ y: 2 }, { x: 1 }] },
      { _id: 5, a: { x: null } },
      { _id: 6, a: [{ x: null }, { x: 1 }] },
      { _id: 8 },
      { _id: 9, a: [1] },
      { _id: 10, a: [] },
      { _id: 11, a: [[1]] },
      { _id: 20, a: { x: 2 } },
    ];
    expect(await to(null, [paths, 'a.x'])).toEqual([0, 2, 5, 6, 8, 9, 10, 11]);
    expect(await from(null, [paths, 'a.x'])).toEqual([0, 2, 3, 5, 6, 8, 9, 10, 11]);
  });

  it('beside a pipeline, where an array without elements finds nothing', async () => {
    const others: [object[], string] = [[{ _id: 0 }, { _id: 1, b: 1 }], 'b'];
    const own: [object[], string] = [[{ _id: 0, a: [] }, { _id: 1 }, { _id: 2, a: [1] }], 'a'];
    expect(await joined(own, others, { pipeline: [] })).toEqual([[0, []], [1, [0]], [2, [1]]]); // prettier-ignore
  });

  it('with variables that stand for nothing where there is none', async () => {
    const collection = await mongo.collection({ _id: 0, a: 1 }, { _id: 1, a: null }, { _id: 2 });
    const $lookup = {
      from: collection.collectionName,
      let: { v: '$a' },
      pipeline: [{ $limit: 1 }, { $project: { x: '$$v' } }],
      as: 'f',
    };
    const result = await collection.aggregate([{ $lookup }]).toArray();
    expect(result.map(({ f }) => f[0])).toEqual([{ _id: 0, x: 1 }, { _id: 0, x: null }, { _id: 0 }]);
  });
});
