import { useMongo } from '../fixture.ts';

const collation = { locale: 'en', strength: 2 };

describe('under a collation', () => {
  const mongo = useMongo();
  const words = () =>
    mongo.collection(
      { _id: 1, s: 'ping', n: 1, l: ['a', 'B'] },
      { _id: 2, s: 'PING', n: 2, l: ['A'] },
      { _id: 3, s: 'pong', n: 3, l: ['c'] },
      { _id: 4, s: 'Aa', n: 4 },
    );
  const others = () => mongo.collection({ _id: 1, k: 'PoNg' }, { _id: 2, k: 'ping' });

  it('leaves the indexes of what is written as they are', async () => {
    const target = await mongo.collection();
    await target.createIndex({ n: 1 }, { unique: true, partialFilterExpression: { s: 'x' } });
    const source = await mongo.collection({ _id: 1, s: 'x', n: 1 }, { _id: 2, s: 'X', n: 1 });
    await source.aggregate([{ $out: target.collectionName }], { collation }).toArray();
    expect(await target.countDocuments()).toBe(2);
  });

  const expressions: [expression: object, value: unknown][] = [
    [{ $eq: ['$s', 'Ping'] }, true],
    [{ $cmp: ['a', 'A'] }, 0],
    [{ $in: ['A', '$l'] }, true],
    [{ $indexOfArray: ['$l', 'b'] }, 1],
    [{ $setEquals: [['A'], ['a']] }, true],
    [{ $size: { $setUnion: [['a'], ['A', 'b']] } }, 2],
    [{ $max: ['a', 'B'] }, 'B'],
    [{ $sortArray: { input: ['b', 'A', 'a'], sortBy: 1 } }, ['A', 'a', 'b']],
    [
      { $map: { input: { $sortArray: { input: [{ a: 'b' }, { a: 'A' }], sortBy: { a: 1 } } }, in: '$$this.a' } },
      ['A', 'b'],
    ],
    [{ $strcasecmp: ['a', 'b'] }, -1],
  ];
  it.each(expressions)('%j goes by it', async (expression, value) => {
    const collection = await words();
    const pipeline = [{ $match: { _id: 1 } }, { $project: { value: expression } }];
    expect(await collection.aggregate(pipeline, { collation }).next()).toEqual({ _id: 1, value });
    const found = collection.find({ _id: 1 }, { collation, projection: { value: expression, _id: 0 } });
    expect(await found.toArray()).toEqual([{ value }]);
  });

  it('stages go by it', async () => {
    const collection = await words();
    const { collectionName: from } = await others();
    const run = (...pipeline: object[]) => collection.aggregate(pipeline, { collation }).toArray();
    const sums = [{ _id: 'Aa', n: 1 }, { _id: 'ping', n: 2 }, { _id: 'pong', n: 1 }]; // prettier-ignore
    expect(await run({ $group: { _id: '$s', n: { $sum: 1 } } }, { $sort: { _id: 1 } })).toEqual(sums);
    expect(await run({ $limit: 4 }, { $match: { s: 'PING' } }, { $count: 'n' })).toEqual([{ n: 2 }]);
    expect(await run({ $group: { _id: null, set: { $addToSet: '$s' } } })).toMatchObject([{ set: { length: 3 } }]);
    const joins = [[2], [2], [1], []];
    const joined = { $project: { _id: 0, j: '$j._id' } };
    const plain = { from, localField: 's', foreignField: 'k', as: 'j' };
    const matched = { from, let: { s: '$s' }, pipeline: [{ $match: { $expr: { $eq: ['$k', '$$s'] } } }], as: 'j' };
    const followed = { from, startWith: '$s', connectFromField: 'none', connectToField: 'k', as: 'j' };
    for (const stage of [{ $lookup: plain }, { $lookup: matched }, { $graphLookup: followed }])
      expect(await run(stage, joined)).toEqual(joins.map((j) => ({ j })));
    expect(await run({ $sort: { l: 1 } }, { $project: { _id: 1 } })).toEqual([4, 1, 2, 3].map((_id) => ({ _id })));
    expect(await run({ $bucket: { groupBy: '$s', boundaries: ['A', 'pj', 'Q'] } })).toEqual([
      { _id: 'A', count: 3 },
      { _id: 'pj', count: 1 },
    ]);
    const output = { at: { $documentNumber: {} } };
    const numbered = await run(
      { $setWindowFields: { partitionBy: '$s', sortBy: { n: 1 }, output } },
      { $sort: { n: 1 } },
    );
    expect(numbered.map(({ at }) => at)).toEqual([1, 2, 1, 1]);
  });

  it('later batches go by it', async () => {
    const collection = await words();
    const found = collection.find({ $expr: { $eq: ['$s', 'PING'] } }, { collation, batchSize: 1 });
    expect((await found.toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
    const projection = { _id: 0, e: { $eq: ['$s', 'PING'] } };
    expect(await collection.find({}, { collation, projection, batchSize: 1 }).toArray()).toEqual(
      [true, true, false, false].map((e) => ({ e })),
    );
    expect(
      await collection.find({ _id: 1, l: 'b' }, { collation, projection: { 'l.$': 1, _id: 0 } }).toArray(),
    ).toEqual([{ l: ['B'] }]);
  });

  it('updates go by it, and nothing after them does', async () => {
    const collection = await words();
    const updated = async (update: object, options: object = {}, filter = {}) => {
      await collection.updateOne({ _id: 1, ...filter }, update, { collation, ...options });
      return (await collection.findOne({ _id: 1 }))!.l as unknown;
    };
    expect(await updated({ $set: { 'l.$': 'z' } }, {}, { l: 'b' })).toEqual(['a', 'z']);
    expect(await updated({ $pull: { l: 'A' } })).toEqual(['z']);
    expect(await updated({ $addToSet: { l: 'Z' } })).toEqual(['z']);
    expect(await updated({ $set: { 'l.$[x]': 'q' } }, { arrayFilters: [{ x: 'Z' }] })).toEqual(['q']);
    expect(await updated({ $push: { l: { $each: ['R', 'b'], $sort: 1 } } })).toEqual(['b', 'q', 'R']);
    expect(await updated({ $min: { s: 'PINH' } })).toHaveLength(3);
    expect(await collection.countDocuments({ s: 'ping' })).toBe(1);
    expect(await collection.deleteMany({ $expr: { $eq: ['$s', 'Ping'] } }, { collation })).toMatchObject({
      deletedCount: 2,
    });
  });
});
