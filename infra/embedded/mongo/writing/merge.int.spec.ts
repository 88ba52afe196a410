import { refusal, useMongo } from '../fixture.ts';

describe('$merge', () => {
  const mongo = useMongo();
  const merge = async (specification: object, into: object[], ...documents: object[]) => {
    const target = await mongo.collection(...into);
    await target.createIndex({ k: 1 }, { unique: true });
    const stage = { $merge: { into: target.collectionName, ...specification } };
    await mongo.db.aggregate([{ $documents: documents }, stage]).toArray();
    return target.find().sort({ k: 1 }).toArray();
  };

  it('pairs by a unique index', async () => {
    expect(
      await merge({ on: 'k' }, [{ _id: 1, k: 'a', kept: 1 }], { _id: 1, k: 'a', n: 1 }, { _id: 2, k: 'b' }),
    ).toEqual([
      { _id: 1, k: 'a', kept: 1, n: 1 },
      { _id: 2, k: 'b' },
    ]);
  });

  it('combines what is there with what comes by a pipeline', async () => {
    const whenMatched = [{ $set: { n: { $add: ['$n', '$$new.n'] } } }];
    expect(await merge({ whenMatched }, [{ _id: 1, k: 'a', n: 1 }], { _id: 1, n: 5 })).toEqual([
      { _id: 1, k: 'a', n: 6 },
    ]);
    const given = { let: { more: { $multiply: ['$n', 2] } }, whenMatched: [{ $set: { n: '$$more' } }] };
    expect(await merge(given, [{ _id: 1, k: 'a', n: 1 }], { _id: 1, n: 5 })).toEqual([{ _id: 1, k: 'a', n: 10 }]);
  });

  it('keeps, replaces, discards as it is told', async () => {
    const both = [
      { _id: 1, k: 'b' },
      { _id: 2, k: 'c' },
    ] as const;
    expect(await merge({ whenMatched: 'keepExisting' }, [{ _id: 1, k: 'a' }], both[0])).toEqual([{ _id: 1, k: 'a' }]);
    expect(await merge({ whenNotMatched: 'discard' }, [{ _id: 1, k: 'a' }], both[1])).toEqual([{ _id: 1, k: 'a' }]);
    expect(await merge({ whenMatched: 'replace' }, [{ _id: 1, k: 'a', n: 1 }], both[0])).toEqual([{ _id: 1, k: 'b' }]);
  });

  it('refuses what would not be clear', async () => {
    const code = async (specification: object, ...documents: object[]) =>
      (await refusal(merge(specification, [{ _id: 1, k: 'a' }], ...documents))).code;
    expect(await code({ on: 'other' }, { _id: 1 })).toBe(51183);
    expect(await code({ on: 'k' }, { _id: 1 })).toBe(51132);
    expect(await code({ on: 'k' }, { _id: 2, k: 'a' })).toBe(66);
    expect(await code({ whenMatched: 'fail' }, { _id: 1 })).toBe(11000);
    expect(await code({ whenNotMatched: 'fail' }, { _id: 2 })).toBe(13113);
    expect(await code({ whenMatched: 'nope' }, { _id: 2 })).toBe(2);
    expect(await code({ whenMatched: [{ $match: {} }] }, { _id: 1 })).toBe(72);
    expect(await code({ nope: 1 }, { _id: 2 })).toBe(40415);
  });
});
