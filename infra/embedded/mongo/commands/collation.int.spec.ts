import { refusal, useMongo } from '../fixture.ts';

describe('a collation', () => {
  const mongo = useMongo();
  const collation = { locale: 'en_US', strength: 2 };
  const words = () =>
    mongo.collection(
      { _id: 1, s: 'ping', n: 1 },
      { _id: 2, s: 'PING', n: 2 },
      { _id: 3, s: 'pong', n: 3 },
      { _id: 4, s: 'píng', n: 4 },
      { _id: 5, s: ['Ping', 'x'], d: { s: 'Ping' } },
    );
  const ids = (documents: readonly { _id?: unknown }[]) => documents.map(({ _id }) => _id);

  it('says which texts are equal', async () => {
    const collection = await words();
    const found = async (filter: object, options: object = collation) =>
      ids(await collection.find(filter, { collation: options as never, sort: { _id: 1 } }).toArray());
    expect(await found({ s: 'pInG' })).toEqual([1, 2, 5]);
    expect(await found({ s: 'ping' }, { locale: 'en', strength: 1 })).toEqual([1, 2, 4, 5]);
    expect(await found({ s: 'ping' }, { locale: 'en' })).toEqual([1]);
    expect(await found({ s: 'ping' }, { locale: 'simple' })).toEqual([1]);
    expect(await found({ s: { $in: ['PONG', 'X'] } })).toEqual([3, 5]);
    expect(await found({ s: { $ne: 'ping' }, n: { $gt: 0 } })).toEqual([3, 4]);
    expect(await found({ d: { s: 'PING' } })).toEqual([5]);
    expect(await found({ $or: [{ s: { $not: { $lte: 'PINH' } } }, { n: 1 }] })).toEqual([1, 3]);
  });

  it('orders texts, whatever the indexes say', async () => {
    const collection = await mongo.collection(...['b', 'B', 'a', 'C', 'ä', 'item10', 'item9'].map((_id) => ({ _id })));
    const sorted = async (options: object) =>
      ids(await collection.find({}, { collation: options as never, sort: { _id: 1 } }).toArray());
    expect(await sorted({ locale: 'de' })).toEqual(['a', 'ä', 'b', 'B', 'C', 'item10', 'item9']);
    expect(await sorted({ locale: 'sv', numericOrdering: true })).toEqual(['a', 'b', 'B', 'C', 'item9', 'item10', 'ä']);
    expect(await sorted({ locale: 'de', caseFirst: 'upper' })).toEqual(['a', 'ä', 'B', 'b', 'C', 'item10', 'item9']);
    const descending = collection.find({ _id: { $lt: 'C' } }, { collation: { locale: 'de', strength: 2 } });
    expect(ids(await descending.sort({ _id: -1 }).toArray())).toEqual(['b', 'B', 'ä', 'a']);
  });

  it('counts, tells apart, changes and removes', async () => {
    const collection = await words();
    expect(await collection.countDocuments({ s: 'ping' }, { collation })).toBe(3);
    expect(await collection.distinct('s', { n: { $lt: 4 } }, { collation })).toEqual(['ping', 'pong']);
    const matched = [{ $match: { s: 'PONG' } }, { $project: { n: 1 } }];
    expect(await collection.aggregate(matched, { collation }).toArray()).toEqual([{ _id: 3, n: 3 }]);
    expect(await collection.updateMany({ s: 'ping' }, { $set: { hit: 1 } }, { collation })).toMatchObject({ modifiedCount: 3 }); // prettier-ignore
    expect(await collection.replaceOne({ s: 'PONG' }, { s: 'new' }, { collation })).toMatchObject({ modifiedCount: 1 });
    const options = { collation, sort: { s: -1 } } as const;
    expect(await collection.findOneAndUpdate({ s: 'NEW' }, { $set: { n: 9 } }, options)).toMatchObject({ _id: 3 });
    expect(await collection.findOneAndDelete({ s: 'NEW' }, { collation })).toMatchObject({ n: 9 });
    const bulk = [{ deleteMany: { filter: { s: 'PING' }, collation } }];
    expect(await collection.bulkWrite(bulk)).toMatchObject({ deletedCount: 3 });
  });

  it('is refused where it is not done', async () => {
    const collection = await words();
    const code = async (promise: Promise<unknown>) => (await refusal(promise)).code;
    const bounded = collection.find({}, { collation, hint: { _id: 1 }, min: { _id: 1 } });
    expect(await code(bounded.toArray())).toBe(238);
    await mongo.db.createCollection('bytewise', { viewOn: collection.collectionName, pipeline: [] });
    expect(await code(mongo.db.collection('bytewise').find({}, { collation }).toArray())).toBe(167);
    const wrong = (options: object) => code(collection.find({}, { collation: options as never }).toArray());
    expect(await wrong({ strength: 2 })).toBe(40414);
    expect(await wrong({ locale: 'en', strength: 9 })).toBe(2);
    expect(await wrong({ locale: 'no such place' })).toBe(2);
    expect(await wrong({ locale: 'en', nope: 1 })).toBe(40415);
    expect(await wrong({ locale: 'fr_CA', backwards: true })).toBe(238);
  });

  const refused: [collation: object, code: number][] = [
    [{}, 40414],
    [{ locale: 1 }, 14],
    ...['', 'en_GB', 'en-US', 'EN', 'sa', 'zh@collation=pinyin'].map((locale): [object, number] => [{ locale }, 2]),
    [{ locale: 'en', strength: 'text' }, 14],
    [{ locale: 'en', strength: 0.9 }, 2],
    [{ locale: 'en', caseLevel: 1 }, 14],
    [{ locale: 'en', backwards: null }, 14],
    [{ locale: 'en', caseFirst: 1 }, 14],
    [{ locale: 'en', caseFirst: 'none' }, 2],
    [{ locale: 'en', caseFirst: 'upper', strength: 1 }, 2],
    [{ locale: 'en', alternate: 'none' }, 2],
    [{ locale: 'simple', strength: 1 }, 2],
  ];
  it.each(refused)('is none as %j', async (wrong, code) => {
    const collection = await words();
    expect((await refusal(collection.find({}, { collation: wrong as never }).toArray())).code).toBe(code);
  });

  it('goes down to the level that it asks for', async () => {
    const collection = await mongo.collection(...['a', 'A', 'á', 'a!', '\uff41'].map((_id) => ({ _id })));
    const same = async (options: object) =>
      (await collection.find({ _id: 'a' }, { collation: { locale: 'en', ...options } }).toArray()).map(
        ({ _id }) => _id,
      );
    expect(await same({ strength: 1 })).toEqual(['a', 'A', 'á', '\uff41']);
    expect(await same({ strength: 1, caseLevel: true })).toEqual(['a', 'á', '\uff41']);
    expect(await same({ strength: 2, caseLevel: true })).toEqual(['a', '\uff41']);
    expect(await same({ strength: 3, alternate: 'shifted' })).toEqual(['a', 'a!']);
    expect(await same({ strength: 4, alternate: 'shifted' })).toEqual(['a']);
    expect(await same({ strength: 5, caseFirst: null, numericOrdering: null, normalization: null })).toEqual(['a']);
    expect(await same({ locale: 'de@collation=phonebook', strength: 2.9 })).toEqual(['a', 'A', '\uff41']);
  });
});
