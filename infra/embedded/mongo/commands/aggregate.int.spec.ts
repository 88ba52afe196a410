import { Double, Long, ObjectId } from 'mongodb';
import { type Any, refusal, useMongo } from '../fixture.ts';

describe('aggregation', () => {
  const mongo = useMongo();
  const run = async (pipeline: object[], ...documents: Any[]): Promise<Any[]> =>
    (await mongo.collection(...documents)).aggregate(pipeline).toArray();
  const deals = [
    { _id: 1, stage: 'lead', amount: 100, tags: ['a', 'b'] },
    { _id: 2, stage: 'won', amount: 250, tags: [] },
    { _id: 3, stage: 'lead', amount: 50.5 },
    { _id: 4, stage: 'won', amount: null, tags: 'c' },
  ];

  it('passes documents through with their types', async () => {
    const collection = await mongo.collection({ _id: 1, a: new Double(5), b: Long.fromNumber(2) });
    const [found] = await collection
      .aggregate([{ $match: { a: 5 } }, { $sort: { b: 1 } }, { $limit: 1 }], {
        promoteValues: false,
        promoteLongs: false,
      })
      .toArray();
    expect(found).toMatchObject({ a: new Double(5), b: Long.fromNumber(2) });
  });

  it('groups', async () => {
    const group = {
      _id: '$stage',
      n: { $sum: 1 },
      total: { $sum: '$amount' },
      mean: { $avg: '$amount' },
      least: { $min: '$amount' },
      most: { $max: '$amount' },
      first: { $first: '$_id' },
      last: { $last: '$_id' },
      ids: { $push: '$_id' },
      set: { $addToSet: '$stage' },
      spread: { $stdDevPop: '$amount' },
    };
    expect(await run([{ $group: group }, { $sort: { _id: 1 } }], ...deals)).toEqual([
      { _id: 'lead', n: 2, total: 150.5, mean: 75.25, least: 50.5, most: 100, first: 1, last: 3, ids: [1, 3], set: ['lead'], spread: 24.75 },
      { _id: 'won', n: 2, total: 250, mean: 250, least: 250, most: 250, first: 2, last: 4, ids: [2, 4], set: ['won'], spread: 0 },
    ]); // prettier-ignore
    expect(await run([{ $group: { _id: null, n: { $count: {} } } }], ...deals)).toEqual([{ _id: null, n: 4 }]);
    const byPair = { $group: { _id: { s: '$stage', t: { $type: '$tags' } }, n: { $sum: 1 } } };
    expect(await run([byPair, { $match: { n: 1, '_id.t': 'missing' } }], ...deals)).toEqual([
      { _id: { s: 'lead', t: 'missing' }, n: 1 },
    ]);
  });

  it('sums without losing cents', async () => {
    const documents = Array.from({ length: 10 }, () => ({ a: 0.1 }));
    expect(await run([{ $group: { _id: null, s: { $sum: '$a' } } }], ...documents)).toEqual([{ _id: null, s: 1 }]);
  });

  it('projects, adds, removes and replaces', async () => {
    const [first] = deals;
    expect(await run([{ $project: { amount: 1, twice: { $multiply: ['$amount', 2] } } }], first!)).toEqual([
      { _id: 1, amount: 100, twice: 200 },
    ]);
    expect(await run([{ $set: { 'x.y': '$amount', tags: '$$REMOVE' } }], first!)).toEqual([
      { _id: 1, stage: 'lead', amount: 100, x: { y: 100 } },
    ]);
    expect(await run([{ $unset: ['tags', 'amount'] }], first!)).toEqual([{ _id: 1, stage: 'lead' }]);
    expect(await run([{ $replaceWith: { s: '$stage' } }], first!)).toEqual([{ s: 'lead' }]);
    expect(
      await run(
        [{ $project: { list: { $map: { input: '$tags', as: 't', in: { $toUpper: '$$t' } } }, _id: 0 } }],
        first!,
      ),
    ).toEqual([{ list: ['A', 'B'] }]);
  });

  it('unwinds', async () => {
    const ids = async (specification: unknown) =>
      (await run([{ $unwind: specification as object }], ...deals)).map(({ _id, tags }) => [_id, tags]);
    expect(await ids('$tags')).toEqual([
      [1, 'a'],
      [1, 'b'],
      [4, 'c'],
    ]);
    expect(await ids({ path: '$tags', preserveNullAndEmptyArrays: true })).toEqual([
      [1, 'a'],
      [1, 'b'],
      [2, undefined],
      [3, undefined],
      [4, 'c'],
    ]);
    expect(await run([{ $unwind: { path: '$s', includeArrayIndex: 'i' } }], { _id: 1, s: '' })).toEqual([
      { _id: 1, s: '', i: null },
    ]);
  });

  it('looks up in other collections', async () => {
    const owners = await mongo.collection({ _id: 'o1', name: 'Ann' }, { _id: 'o2', name: 'Bob' });
    const from = owners.collectionName;
    const documents = [{ _id: 1, owner: 'o1' }, { _id: 2, owner: ['o1', 'o2'] }, { _id: 3 }];
    const joined = await run(
      [{ $lookup: { from, localField: 'owner', foreignField: '_id', as: 'o' } }, { $project: { o: '$o.name' } }],
      ...documents,
    );
    expect(joined).toEqual([
      { _id: 1, o: ['Ann'] },
      { _id: 2, o: ['Ann', 'Bob'] },
      { _id: 3, o: [] },
    ]);
    const pipeline = [{ $match: { $expr: { $eq: ['$_id', '$$who'] } } }, { $project: { _id: 0 } }];
    const [byPipeline] = await run([{ $lookup: { from, let: { who: '$owner' }, pipeline, as: 'o' } }], documents[0]!);
    expect(byPipeline!.o).toEqual([{ name: 'Ann' }]);
    expect(await run([{ $unionWith: from }, { $count: 'n' }], { _id: 1 })).toEqual([{ n: 3 }]);
  });

  it('follows graphs', async () => {
    const people = await mongo.collection({ _id: 'a', boss: 'b' }, { _id: 'b', boss: 'c' }, { _id: 'c' });
    const graph = {
      from: people.collectionName,
      startWith: '$boss',
      connectFromField: 'boss',
      connectToField: '_id',
      as: 'up',
      depthField: 'd',
    };
    const [found] = await people.aggregate([{ $match: { _id: 'a' } }, { $graphLookup: graph }]).toArray();
    expect(found!.up).toEqual([
      { _id: 'b', boss: 'c', d: 0 },
      { _id: 'c', d: 1 },
    ]);
  });

  it('runs several pipelines over the same documents', async () => {
    const facet = {
      counts: [{ $sortByCount: '$stage' }],
      big: [{ $match: { amount: { $gt: 60 } } }, { $count: 'n' }],
      none: [{ $match: { _id: 99 } }, { $count: 'n' }],
    };
    expect(await run([{ $facet: facet }], ...deals)).toEqual([
      {
        counts: [
          { _id: 'lead', count: 2 },
          { _id: 'won', count: 2 },
        ],
        big: [{ n: 2 }],
        none: [],
      },
    ]);
    const bucket = { groupBy: '$amount', boundaries: [0, 100, 300], default: 'other', output: { n: { $sum: 1 } } };
    expect(await run([{ $match: { amount: { $ne: null } } }, { $bucket: bucket }], ...deals)).toEqual([
      { _id: 0, n: 1 },
      { _id: 100, n: 2 },
    ]);
  });

  it('compares and rounds in expressions as the server does', async () => {
    const project = {
      _id: 0,
      missing: { $eq: ['$none', null] },
      cross: { $gt: ['a', 5] },
      even: { $round: [2.5, 0] },
      odd: { $round: [3.5] },
      cents: { $round: [2.3451, 2] },
      cut: { $trunc: [-2.399, 2] },
      hex: { $toString: '$_id' },
      max: { $max: [1, null, 7, 3] },
    };
    const _id = new ObjectId();
    expect(await run([{ $project: project }], { _id })).toEqual([
      { missing: false, cross: true, even: 2, odd: 4, cents: 2.35, cut: -2.39, hex: _id.toHexString(), max: 7 },
    ]);
  });

  it('looks at the neighbours of a document', async () => {
    const window = {
      partitionBy: '$stage',
      sortBy: { _id: 1 },
      output: { running: { $sum: '$amount', window: { documents: ['unbounded', 'current'] } }, place: { $rank: {} } },
    };
    const found = await run([{ $setWindowFields: window }, { $sort: { _id: 1 } }], ...deals);
    expect(found.map(({ running, place }) => [running, place])).toEqual([[100, 1], [250, 1], [150.5, 2], [250, 2]]); // prettier-ignore
  });

  it('goes in batches', async () => {
    const collection = await mongo.collection(...Array.from({ length: 250 }, (_, _id) => ({ _id })));
    const found = await collection
      .aggregate([{ $addFields: { twice: { $add: ['$_id', '$_id'] } } }], { batchSize: 10 })
      .toArray();
    expect(found.map(({ twice }) => twice)).toEqual(Array.from({ length: 250 }, (_, at) => at * 2));
  });

  it('writes its result out', async () => {
    const source = await mongo.collection(...deals);
    const target = await mongo.collection({ _id: 'old' }, { _id: 'won', kept: 1 });
    await target.createIndex({ n: 1 });
    const stages = [{ $group: { _id: '$stage', n: { $sum: 1 } } }];
    await source.aggregate([...stages, { $merge: target.collectionName }]).toArray();
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'lead', n: 2 },
      { _id: 'old' },
      { _id: 'won', kept: 1, n: 2 },
    ]);
    await source.aggregate([...stages, { $out: target.collectionName }]).toArray();
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'lead', n: 2 },
      { _id: 'won', n: 2 },
    ]);
    expect(await target.indexes()).toHaveLength(2);
  });

  it('refuses what it cannot compute rather than give something else', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const code = async (...pipeline: object[]) => (await refusal(collection.aggregate(pipeline).toArray())).code;
    expect(await code({ $nope: 1 })).toBe(40324);
    expect(await code({ $match: {}, $sort: { a: 1 } })).toBe(40323);
    expect(await code({ $project: { x: { $nope: 1 } } })).toBeDefined();
    expect(await code({ $project: { s: { $dateFromString: { dateString: '4th of July 2024' } } } })).toBe(238);
    expect(await code({ $group: { _id: null, s: { $foo: 1 } } })).toBe(15952);
    expect(await code({ $geoNear: {} })).toBe(238);
    expect(await code({ $nope: {} })).toBe(40324);
    expect(await code({ constructor: {} })).toBe(40324);
    expect(await code({ $out: 'x' }, { $match: {} })).toBe(40601);
  });
});
