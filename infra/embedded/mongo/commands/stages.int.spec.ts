import { refusal, useMongo } from '../fixture.ts';

describe('stages', () => {
  const mongo = useMongo();
  const run = async (...pipeline: object[]) => {
    const rows = [['a', 1], ['b', 5], ['a', 7], ['b', 2]].map(([k, v], _id) => ({ _id, k, v, below: { secret: _id } })); // prettier-ignore
    return (await mongo.collection(...rows)).aggregate(pipeline).toArray();
  };

  it('choose the first and the last of a group', async () => {
    const by = { sortBy: { v: -1 }, output: '$v' };
    const fields = { top: { $top: by }, bottom: { $bottom: by }, two: { $topN: { ...by, n: 2 } } };
    expect(await run({ $group: { _id: '$k', ...fields } }, { $sort: { _id: 1 } })).toEqual([
      { _id: 'a', top: 7, bottom: 1, two: [7, 1] },
      { _id: 'b', top: 5, bottom: 2, two: [5, 2] },
    ]);
  });

  it('divide documents into buckets of about the same size', async () => {
    const auto = { $bucketAuto: { groupBy: '$v', buckets: 2, output: { ids: { $push: '$_id' } } } };
    expect(await run(auto)).toEqual([
      { _id: { min: 1, max: 5 }, ids: [0, 3] },
      { _id: { min: 5, max: 7 }, ids: [1, 2] },
    ]);
    expect(await run({ $bucketAuto: { groupBy: '$k', buckets: 4 } })).toEqual([
      { _id: { min: 'a', max: 'b' }, count: 2 },
      { _id: { min: 'b', max: 'b' }, count: 2 },
    ]);
    expect(await refusal(run({ $bucketAuto: { groupBy: '$k', buckets: 0 } }))).toMatchObject({ code: 40243 });
  });

  it('look at what stands around a document', async () => {
    const window = (output: object) => ({ $setWindowFields: { partitionBy: '$k', sortBy: { v: 1 }, output } });
    const sum = { $sum: '$v', window: { range: [-1, 4] } };
    const fields = {
      sum,
      rank: { $rank: {} },
      next: { $shift: { output: '$v', by: 1, default: 0 } },
      more: { $locf: '$x' },
    };
    expect((await run(window(fields))).map(({ _id, sum, rank, next, more }) => [_id, sum, rank, next, more])).toEqual([
      [0, 1, 1, 7, null],
      [2, 7, 2, 0, null],
      [3, 7, 1, 5, null],
      [1, 5, 2, 0, null],
    ]);
    const average = {
      near: { $avg: '$v', window: { documents: [-1, 0] } },
      sets: { $push: '$v', window: { documents: ['unbounded', 'current'] } },
    };
    expect((await run(window(average))).map(({ near, sets }) => [near, sets])).toEqual([
      [1, [1]],
      [4, [1, 7]],
      [2, [2]],
      [3.5, [2, 5]],
    ]);
    const smooth = { $setWindowFields: { sortBy: { v: 1 }, output: { x: { $expMovingAvg: { input: '$v', N: 3 } } } } };
    expect((await run(smooth)).map(({ x }) => x)).toEqual([1, 1.5, 3.25, 5.125]);
    for (const output of [{ x: { $nope: 1 } }, { x: { $rank: {}, window: { documents: [0, 1] } } }])
      expect((await refusal(run(window(output)))).code).toBeDefined();
  });

  it('merge the documents of a group', async () => {
    expect(await run({ $group: { _id: null, all: { $mergeObjects: { last: '$v' } } } })).toEqual([
      { _id: null, all: { last: 2 } },
    ]);
  });

  it('redact', async () => {
    const kept = await run({ $redact: { $cond: [{ $eq: ['$k', 'a'] }, '$$KEEP', '$$PRUNE'] } });
    expect(kept.map(({ _id }) => _id)).toEqual([0, 2]);
    const [first] = await run({ $redact: { $cond: [{ $gte: ['$secret', 0] }, '$$PRUNE', '$$DESCEND'] } });
    expect(first).toEqual({ _id: 0, k: 'a', v: 1 });
    const [inner] = await run({ $redact: { $cond: [{ $eq: ['$$ROOT.k', '$k'] }, '$$DESCEND', '$$PRUNE'] } });
    expect(inner).toEqual({ _id: 0, k: 'a', v: 1 });
  });

  it('fill fields that have no value', async () => {
    const collection = await mongo.collection(
      { _id: 1, v: 2, w: null },
      { _id: 2 },
      { _id: 4, v: 8, w: 1 },
      { _id: 5, v: null },
    );
    const output = { v: { method: 'linear' }, w: { value: { $multiply: ['$_id', 10] } } };
    expect(await collection.aggregate([{ $fill: { sortBy: { _id: 1 }, output } }]).toArray()).toEqual([
      { _id: 1, v: 2, w: 10 },
      { _id: 2, v: 4, w: 20 },
      { _id: 4, v: 8, w: 1 },
      { _id: 5, v: null, w: 50 },
    ]);
    const carried = { $fill: { sortBy: { _id: 1 }, output: { v: { method: 'locf' } } } };
    expect((await collection.aggregate([carried]).toArray()).map(({ v }) => v)).toEqual([2, 2, 8, 8]);
    expect(await refusal(run({ $fill: { output: { v: { method: 'mean' } } } }))).toMatchObject({ code: 6050202 });
    const linear = (field: string, sortBy: object) =>
      run({ $fill: { sortBy, output: { [field]: { method: 'linear' } } } });
    expect(await refusal(linear('k', { _id: 1 }))).toMatchObject({ code: 14 });
    expect(await refusal(linear('v', { 'below.none': 1 }))).toMatchObject({ code: 14 });
    const twice = await mongo.collection({ t: 1, v: 1 }, { t: 1 });
    const refused = twice.aggregate([{ $fill: { sortBy: { t: 1 }, output: { v: { method: 'linear' } } } }]).toArray();
    expect(await refusal(refused)).toMatchObject({ code: 6050106 });
  });

  it('make documents where a sequence has gaps', async () => {
    const collection = await mongo.collection(
      { _id: 1, k: 'a', v: 1 },
      { _id: 2, k: 'a', v: 3 },
      { _id: 3, k: 'b', v: 2 },
    );
    const densified = async (range: object, partitionByFields: string[] = []) =>
      (await collection.aggregate([{ $densify: { field: 'v', range, partitionByFields } }]).toArray()).map(
        ({ _id, k, v }) => [_id ?? 'new', k ?? '-', v].join(' '),
      );
    expect(await densified({ step: 0.5, bounds: [0.5, 2] })).toEqual([
      'new - 0.5',
      '1 a 1',
      'new - 1.5',
      '3 b 2',
      '2 a 3',
    ]);
    expect(await densified({ step: 1, bounds: 'full' }, ['k'])).toEqual([
      '1 a 1',
      'new a 2',
      '2 a 3',
      'new b 1',
      '3 b 2',
      'new b 3',
    ]);
    const days = await mongo.collection({ t: new Date('2024-01-31') }, { t: new Date('2024-03-31') });
    const monthly = { $densify: { field: 't', range: { step: 1, unit: 'month', bounds: 'partition' } } };
    expect((await days.aggregate([monthly]).toArray()).map(({ t }) => (t as Date).toISOString().slice(0, 10))).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
    ]);
    const code = async (field: string, range: object) =>
      (await refusal(days.aggregate([{ $match: { t: { $exists: true } } }, { $densify: { field, range } }]).toArray()))
        .code;
    expect(await code('v', { step: 0, bounds: 'full' })).toBe(5733401);
    expect(await code('v', { step: Number.NaN, bounds: 'full' })).toBe(5733401);
    expect(await code('v', { step: 1, bounds: [1, new Date(0)] })).toBe(5733402);
    expect(await code('t', { step: 0.5, unit: 'month', bounds: 'full' })).toBe(6586400);
    expect(await code('t', { step: 1e15, unit: 'year', bounds: 'full' })).toBe(15);
  });

  it('look documents up into a place within', async () => {
    const other = await mongo.collection({ _id: 7, name: 'seven' });
    const [found] = await run({ $match: { v: 7 } }, { $lookup: { from: other.collectionName, localField: 'v', foreignField: '_id', as: 'below.found' } }); // prettier-ignore
    expect(found).toMatchObject({ below: { secret: 2, found: [{ _id: 7, name: 'seven' }] } });
  });

  it('tell which command asks, and in which session', async () => {
    const admin = mongo.client.db('admin');
    expect(await admin.aggregate([{ $currentOp: {} }]).toArray()).toMatchObject([
      { command: { aggregate: 1, pipeline: [{ $currentOp: {} }] } },
    ]);
    const session = mongo.client.startSession();
    const [known] = await admin.aggregate([{ $listLocalSessions: {} }], { session }).toArray();
    expect(known!._id.id).toEqual(session.id!.id);
    await session.endSession();
  });

  it('say what is wrong with them', async () => {
    const code = async (stage: object) => (await refusal(run(stage))).code;
    expect(await code({ $skip: -1 })).toBe(5107200);
    expect(await code({ $limit: -1 })).toBe(5107201);
    expect(await code({ $match: [] })).toBe(15959);
    expect(await code({ $sort: 'v' })).toBe(15973);
    expect(await code({ $group: { _id: null, sum: { $sum: ['$v', 1] } } })).toBe(40237);
    expect(await code({ $facet: { a: [{ $facet: { b: [] } }] } })).toBe(40600);
    expect(await code({ $documents: [{ v: 1 }] })).toBe(73);
    const joined = { from: 'x', localField: 'v', foreignField: 'v', as: 'y' };
    expect(await code({ $lookup: { ...joined, nope: 1 } })).toBe(9);
    expect(await code({ $lookup: { ...joined, let: {} } })).toBe(9);
    expect(await code({ $lookup: { ...joined, localField: 5 } })).toBe(9);
    expect(await code({ $lookup: { ...joined, let: 5, pipeline: [] } })).toBe(9);
    expect(await code({ $lookup: { pipeline: [], as: 'y' } })).toBe(9);
    expect(await code({ $graphLookup: { nope: 1 } })).toBe(40104);
    const graph = { from: 'x', startWith: '$v', connectFromField: 'v', connectToField: 'v', as: 'y' };
    expect(await code({ $graphLookup: { ...graph, maxDepth: 'deep' } })).toBe(40100);
    expect(await code({ $graphLookup: { ...graph, maxDepth: 0.5 } })).toBe(40102);
    expect(await code({ $graphLookup: { ...graph, depthField: 5 } })).toBe(40103);
    expect(await code({ $graphLookup: { ...graph, restrictSearchWithMatch: 5 } })).toBe(40185);
    const { startWith, ...unstarted } = graph;
    expect(await code({ $graphLookup: unstarted })).toBe(40105);
    expect(await code({ $graphLookup: { ...unstarted, startWith, maxDepth: -1 } })).toBe(40101);
    expect(await code({ $group: { _id: null, x: { $accumulator: {} } } })).toBe(238);
    expect(await code({ $unwind: { path: '$v', nope: 1 } })).toBe(28811);
    expect(await code({ $unwind: { path: '$v', includeArrayIndex: '$at' } })).toBe(28822);
    expect(await code({ $unwind: { path: '$v', preserveNullAndEmptyArrays: 1 } })).toBe(28809);
    expect(await code({ $unwind: 'v' })).toBe(28818);
    expect(await run({ $unwind: '$constructor' })).toEqual([]);
    expect(await code({ $unionWith: { coll: 'x', nope: 1 } })).toBe(40415);
    expect(await code({ $unionWith: { pipeline: [] } })).toBe(9);
    expect(await code({ $bucket: { groupBy: '$v', boundaries: [0, 9], nope: 1 } })).toBe(40197);
    expect(await code({ $bucket: { boundaries: [0, 9] } })).toBe(40198);
    expect(await code({ $bucket: { groupBy: '$v', boundaries: [0, 9], default: 3 } })).toBe(40199);
    expect(await code({ $bucket: { groupBy: '$v', boundaries: [0, 'a'] } })).toBe(40193);
    expect(await code({ $sample: { size: 1, nope: 1 } })).toBe(28748);
    expect(await code({ $replaceRoot: { newRoot: '$$ROOT', nope: 1 } })).toBe(40415);
    expect(await code({ $out: { db: 'test', coll: 'x', timeseries: { timeField: 't' } } })).toBe(40415);
    expect(await code({ $group: { _id: null, x: { $top: { sortBy: { v: 1 }, output: '$v', nope: 1 } } } })).toBe(
      5788002,
    );
    expect(await code({ $group: { _id: null, $x: { $sum: 1 } } })).toBe(40236);
    expect(await code({ $unset: 1 })).toBe(31002);
    expect(await code({ $unset: [] })).toBe(31119);
    expect(await code({ $set: {} })).toBe(40177);
    expect(await code({ $set: { v: 1, 'v.w': 2 } })).toBe(40176);
    expect(await code({ $set: { v: 1, 'v-w': 1, 'v.w': 2 } })).toBe(40176);
    expect(await code({ $set: { $v: 1 } })).toBe(16410);
    expect(await code({ $facet: {} })).toBe(40169);
    expect(await code({ $facet: { 'a.b': [] } })).toBe(16412);
    expect(await code({ $lookup: { ...joined, localField: '$v' } })).toBe(16410);
    expect(await code({ $lookup: { ...joined, as: '$y' } })).toBe(16410);
    expect(await code({ $match: { $sampleRate: 2 } })).toBe(2);
    expect(await run({ $match: { $sampleRate: 0 } })).toEqual([]);
    expect(await run({ $match: { $sampleRate: 1 } })).toHaveLength(4);
    expect(await code({ $sortByCount: 1 })).toBe(40149);
    expect(await code({ $sortByCount: 'v' })).toBe(40148);
    const merge = { into: 'nowhere', whenNotMatched: 'fail' };
    expect(await code({ $merge: merge })).toBe(13113);
    expect(await refusal(mongo.db.command({ aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }))).toMatchObject({
      code: 73,
    });
  });
});
