import { refusal, useMongo } from '../fixture.ts';

const graph = { from: 'x', startWith: '$v', connectFromField: 'v', connectToField: 'v', as: 'y' };

/** The codes that the tests of the server itself ask for. */
const refused: [stage: unknown, code: number][] = [
  [1, 14],
  [{ $limit: 1e20 }, 5107201],
  [{ $sort: { a: { b: 1 } } }, 17312],
  [{ $sort: { a: { $meta: 'nothing' } } }, 31138],
  [{ $project: 1 }, 15969],
  [{ $replaceRoot: 1 }, 40229],
  [{ $replaceRoot: {} }, 40414],
  [{ $unwind: '' }, 28812],
  [{ $group: { _id: null, n: { $count: 1 } } }, 14],
  [{ $bucket: { groupBy: 'v', boundaries: [1, 2] } }, 40202],
  [{ $bucket: { groupBy: '$v', boundaries: [1, '$v'] } }, 40191],
  [{ $bucket: { groupBy: '$v', boundaries: [1, 5], default: '$v' } }, 40195],
  [{ $bucketAuto: 1 }, 40240],
  [{ $bucketAuto: {} }, 40246],
  [{ $bucketAuto: { groupBy: 'v', buckets: 1 } }, 40239],
  [{ $bucketAuto: { groupBy: '$v', buckets: 'text' } }, 40241],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1.5 } }, 40242],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1, more: 1 } }, 40245],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1, granularity: 1 } }, 40261],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1, granularity: 'R7' } }, 40257],
  [{ $count: '' }, 40157],
  [{ $count: '$a' }, 40158],
  [{ $count: 'a\0' }, 40159],
  [{ $count: 'a.b' }, 40160],
  [{ $count: '_id' }, 9039800],
  [{ $facet: { a: 1 } }, 40170],
  [{ $facet: { a: [1] } }, 40171],
  [{ $facet: { a: [{ $documents: [] }] } }, 40600],
  [{ $lookup: { from: 'x', pipeline: [{ $out: 'x' }], as: 'y' } }, 51047],
  [{ $unionWith: 1 }, 9],
  [{ $unionWith: { coll: 1 } }, 14],
  [{ $unionWith: '' }, 73],
  [{ $unionWith: { coll: 'x', pipeline: [{ $merge: 'x' }] } }, 31441],
  [{ $graphLookup: { ...graph, as: undefined } }, 40105],
  [{ $graphLookup: { ...graph, connectFromField: 1 } }, 40103],
  [{ $indexStats: 1 }, 28803],
  [{ $out: 1 }, 16990],
  [{ $out: {} }, 40414],
  [{ $out: { db: 'admin', coll: 'x' } }, 31321],
  [{ $out: 'system.x' }, 17385],
  [{ $merge: 1 }, 51182],
  [{ $merge: {} }, 40414],
  [{ $merge: { into: 1 } }, 51178],
  [{ $merge: { into: '' } }, 5786800],
  [{ $merge: { into: { db: 'x' } } }, 5786801],
  [{ $merge: { into: { db: 'config', coll: 'x' } } }, 31320],
  [{ $merge: { into: 'system.x' } }, 31319],
  [{ $merge: { into: 'x', on: [] } }, 51187],
  [{ $merge: { into: 'x', on: [1] } }, 51134],
  [{ $merge: { into: 'x', on: ['a', 'a'] } }, 31465],
  [{ $merge: { into: 'x', whenMatched: 1 } }, 51191],
  [{ $merge: { into: 'x', whenMatched: 'fail', whenNotMatched: 'discard' } }, 51181],
  [{ $merge: { into: 'x', whenMatched: 'keepExisting', whenNotMatched: 'fail' } }, 51181],
  [{ $merge: { into: 'x', whenMatched: [], let: { new: 1 } } }, 51273],
  [{ $merge: { into: 'x', whenMatched: [], let: { A: 1 } } }, 9],
  [{ $densify: {} }, 40414],
  [{ $fill: {} }, 40414],
];

describe('the arguments of stages', () => {
  const mongo = useMongo({ ignoreUndefined: true });

  it.each(refused)('are refused by the code of the server: %j', async (stage, code) => {
    const collection = await mongo.collection({ v: 1 });
    expect((await refusal(collection.aggregate([stage] as object[]).toArray())).code).toBe(code);
  });

  it.each(['$documents', '$collStats', '$indexStats'])('%s cannot come later', async (name) => {
    const collection = await mongo.collection({ v: 1 });
    const late = collection.aggregate([{ $match: {} }, { [name]: name === '$documents' ? [] : {} }]);
    expect((await refusal(late.toArray())).code).toBe(40602);
  });

  it.each([
    [1, 14],
    [{ more: 1 }, 40415],
    [{ batchSize: 'text' }, 14],
  ])('and of the cursor: %j', async (cursor, code) => {
    const { collectionName: aggregate } = await mongo.collection({ v: 1 });
    expect((await refusal(mongo.db.command({ aggregate, pipeline: [], cursor }))).code).toBe(code);
  });
});
