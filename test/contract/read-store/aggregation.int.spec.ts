import { type Collection, Decimal128, type Document, Double, Int32, Long } from 'mongodb';
import { type Any, useReadStore } from '../support/read-store.ts';

const store = useReadStore();
let deals: Collection<Any>;
beforeAll(async () => {
  deals = await store.collection(
    { _id: 1, stage: 'lead', owner: 'anna', amount: 100, tags: ['a', 'b'] },
    { _id: 2, stage: 'offer', owner: 'ben', amount: 250, tags: ['b'] },
    { _id: 3, stage: 'offer', owner: 'anna', amount: 50, tags: [] },
    { _id: 4, stage: 'lead', owner: null, amount: null },
    { _id: 5, stage: 'won', amount: 400, gone: true, tags: ['c'] },
  );
});
const ask = (...stages: Document[]) => deals.aggregate(stages).toArray();

describe('an aggregation', () => {
  it('counts, which is how documents are counted', async () => {
    const $match = { gone: { $exists: false } };
    expect(await ask({ $match }, { $group: { _id: 1, n: { $sum: 1 } } })).toEqual([{ _id: 1, n: 4 }]);
    expect(await ask({ $match }, { $count: 'n' })).toEqual([{ n: 4 }]);
    expect(await ask({ $match: { stage: 'none' } }, { $count: 'n' })).toEqual([]);
    expect(await deals.countDocuments($match, { limit: 3 })).toBe(3);
    expect(await deals.countDocuments($match, { skip: 3 })).toBe(1);
  });

  it('groups, sums and orders; what is absent or null adds nothing', async () => {
    const $group = {
      _id: '$stage',
      count: { $sum: 1 },
      amount: { $sum: '$amount' },
      most: { $max: '$amount' },
      mean: { $avg: '$amount' },
      ids: { $push: '$_id' },
    };
    expect(await ask({ $sort: { _id: 1 } }, { $group }, { $sort: { count: -1, _id: 1 } })).toEqual([
      { _id: 'lead', count: 2, amount: 100, most: 100, mean: 100, ids: [1, 4] },
      { _id: 'offer', count: 2, amount: 300, most: 250, mean: 150, ids: [2, 3] },
      { _id: 'won', count: 1, amount: 400, most: 400, mean: 400, ids: [5] },
    ]);
  });

  it('takes the null and the absent together as a group', async () => {
    const groups = await ask({ $group: { _id: '$owner', ids: { $push: '$_id' } } }, { $sort: { _id: 1 } });
    expect(groups).toEqual([
      { _id: null, ids: [4, 5] },
      { _id: 'anna', ids: [1, 3] },
      { _id: 'ben', ids: [2] },
    ]);
  });

  it('keeps numbers what they are: an int until it is too large, longs and decimals exact', async () => {
    const wide = await store.collection(
      { _id: 1, int: 2147483647, long: Long.fromString('9007199254740993'), money: Decimal128.fromString('1.10') },
      { _id: 2, int: 1, long: 1, money: 1 },
    );
    const $group = {
      _id: null,
      count: { $sum: 1 },
      int: { $sum: '$int' },
      long: { $sum: '$long' },
      money: { $sum: '$money' },
      mean: { $avg: '$int' },
    };
    const half = { $divide: ['$count', 2] };
    expect(await wide.aggregate([{ $group }, { $addFields: { half } }], { promoteValues: false }).toArray()).toEqual([
      {
        _id: null,
        count: new Int32(2),
        int: Long.fromNumber(2147483648),
        long: Long.fromString('9007199254740994'),
        money: Decimal128.fromString('2.10'),
        mean: new Double(1073741824),
        half: new Double(1),
      },
    ]);
  });

  it('shapes, skips and limits', async () => {
    const $project = { stage: 1, double: { $multiply: ['$amount', 2] }, name: { $ifNull: ['$owner', 'nobody'] } };
    expect(await ask({ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project })).toEqual([
      { _id: 4, stage: 'lead', double: null, name: 'nobody' },
      { _id: 3, stage: 'offer', double: 100, name: 'anna' },
    ]);
  });

  it('takes lists apart', async () => {
    const counted = await ask(
      { $unwind: '$tags' },
      { $group: { _id: '$tags', n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    );
    expect(counted).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
      { _id: 'c', n: 1 },
    ]);
  });

  it('brings documents of another collection', async () => {
    const reps = await store.collection({ _id: 'anna', team: 'north' }, { _id: 'ben', team: 'south' });
    const joined = await ask(
      { $match: { owner: { $in: ['anna', 'ben'] } } },
      { $lookup: { from: reps.collectionName, localField: 'owner', foreignField: '_id', as: 'rep' } },
      { $project: { team: { $first: '$rep.team' } } },
      { $sort: { _id: 1 } },
    );
    expect(joined).toEqual([
      { _id: 1, team: 'north' },
      { _id: 2, team: 'south' },
      { _id: 3, team: 'north' },
    ]);
  });
});
