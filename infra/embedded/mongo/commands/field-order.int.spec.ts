import { Elements } from '../bson/elements.ts';
import { useMongo } from '../fixture.ts';

/** Names as the bytes have them; objects of JavaScript put those that are numbers in front. */
const namesIn = (bytes: unknown, ...path: string[]): string[] => {
  const elements = new Elements(bytes as Buffer);
  const names: string[] = [];
  while (elements.next()) {
    if (elements.name === path[0]) return namesIn(elements.bytes.subarray(elements.at, elements.end), ...path.slice(1));
    names.push(elements.name);
  }
  return names;
};

/** A document with these fields in this order. */
const fields = (...names: string[]) => new Map<string, unknown>(names.map((name, at) => [name, at]));

describe('fields keep their order, also where they are called like numbers', () => {
  const mongo = useMongo();
  const raw = { raw: true } as const;

  const stored = async (...names: string[]) => {
    const collection = await mongo.collection();
    const { collectionName: insert } = collection;
    await mongo.db.command({ insert, documents: [fields('_id', ...names).set('in', fields(...names))] });
    return collection;
  };

  it('in updates of other fields', async () => {
    const collection = await stored('b', '10', 'a', '9');
    await collection.updateOne({}, { $set: { a: 'new' }, $inc: { 'in.9': 1 } });
    const found = await collection.findOne({}, raw);
    expect(namesIn(found)).toEqual(['_id', 'b', '10', 'a', '9', 'in']);
    expect(namesIn(found, 'in')).toEqual(['b', '10', 'a', '9']);
  });

  it('in updates that add and remove them', async () => {
    const collection = await stored('b', '10');
    await collection.updateOne({}, { $set: { 'in.9': 0, 'in.c': 0, 'in.11': 0, '2': 0 }, $unset: { 'in.10': 1 } });
    const found = await collection.findOne({}, raw);
    expect(namesIn(found)).toEqual(['_id', 'b', '10', 'in', '2']);
    expect(namesIn(found, 'in')).toEqual(['b', '9', '11', 'c']);
  });

  it('in updates by a pipeline, and in what is found and changed', async () => {
    const collection = await stored('b', '10', 'a');
    const update = [{ $set: { 'in.9': '$b', z: '$$ROOT' } }];
    const found = await collection.findOneAndUpdate({}, update, { ...raw, returnDocument: 'after' });
    expect(namesIn(found)).toEqual(['_id', 'b', '10', 'a', 'in', 'z']);
    expect(namesIn(found, 'in')).toEqual(['b', '10', 'a', '9']);
    expect(namesIn(found, 'z')).toEqual(['_id', 'b', '10', 'a', 'in']);
  });

  it('and come back at the end, once they were gone', async () => {
    const collection = await stored('b', '10', 'a');
    await collection.updateOne({}, [{ $set: { '10': '$$REMOVE' } }, { $set: { '10': 1 } }]);
    expect(namesIn(await collection.findOne({}, raw))).toEqual(['_id', 'b', 'a', 'in', '10']);
  });

  it('in documents that others are merged into', async () => {
    const collection = await stored('b', '10');
    const { collectionName: $merge } = collection;
    await collection.aggregate([{ $project: { '9': { $literal: 0 } } }, { $merge }]).toArray();
    expect(namesIn(await collection.findOne({}, raw))).toEqual(['_id', 'b', '10', 'in', '9']);
  });

  it('in projections and pipelines', async () => {
    const collection = await stored('b', '10', 'a', '9');
    const [shown] = await collection.find({}, { ...raw, projection: { 'in.b': 0 } }).toArray();
    expect(namesIn(shown)).toEqual(['_id', 'b', '10', 'a', '9', 'in']);
    expect(namesIn(shown, 'in')).toEqual(['10', 'a', '9']);
    const merged = { $mergeObjects: [{ z: 1 }, '$in'] };
    const [made] = await collection.aggregate([{ $project: { merged } }], raw).toArray();
    expect(namesIn(made, 'merged')).toEqual(['z', 'b', '10', 'a', '9']);
    const pairs = { $objectToArray: '$in' };
    const [listed] = await collection.aggregate([{ $project: { names: pairs } }]).toArray();
    expect(listed!.names.map(({ k }: { k: string }) => k)).toEqual(['b', '10', 'a', '9']);
  });

  it('in sorts, and in indexes and their bounds', async () => {
    const { collectionName: find } = await mongo.collection({ _id: 1, b: 1, '10': 2 }, { _id: 2, b: 2, '10': 1 });
    const by = (b: number, ten: number) => new Map([...Object.entries({ b }), ...Object.entries({ '10': ten })]);
    const found = async (how: object) =>
      (await mongo.db.command({ find, ...how })).cursor.firstBatch.map(({ _id }: { _id: number }) => _id);
    expect(await found({ sort: by(1, 1) })).toEqual([1, 2]);
    await mongo.db.command({ createIndexes: find, indexes: [{ key: by(1, 1), name: 'both' }] });
    expect(await found({ hint: by(1, 1), min: by(1, 2) })).toEqual([1, 2]);
  });

  /** Fields in this order, each of which is given the value. */
  const each = (value: unknown, ...names: string[]) => new Map(names.map((name) => [name, value]));

  it.each<[string, object[], ...string[]]>([
    ['$project', [{ $project: each({ $literal: 1 }, 'b', '9', 'a', '8') }], '_id', 'b', '9', 'a', '8'],
    ['$facet', [{ $facet: each([], 'b', '9', 'a', '8') }], 'b', '9', 'a', '8'],
    [
      '$bucketAuto',
      [{ $bucketAuto: { groupBy: '$b', buckets: 1, output: each({ $sum: 1 }, 'b', '9', '8') } }],
      ...['_id', 'b', '9', '8'],
    ],
    [
      '$setWindowFields',
      [{ $setWindowFields: { output: each({ $sum: 1 }, 'z', '9', '8') } }],
      ...['_id', 'b', '10', 'in', 'z', '9', '8'],
    ],
    ['$fill', [{ $fill: { output: each({ value: 1 }, 'z', '9', '8') } }], '_id', 'b', '10', 'in', 'z', '9', '8'],
    [
      '$fill from the neighbours',
      [{ $fill: { sortBy: { b: 1 }, output: each({ method: 'locf' }, 'z', '9', '8') } }],
      ...['_id', 'b', '10', 'in', 'z', '9', '8'],
    ],
  ])('in %s', async (_stage, pipeline, ...names) => {
    const collection = await stored('b', '10');
    const [made] = await collection.aggregate(pipeline, raw).toArray();
    expect(namesIn(made)).toEqual(names);
  });

  it('in nested projections', async () => {
    const collection = await stored('b', '10');
    const $project = { in: each({ $literal: 1 }, 'x', '9', '8') };
    const [made] = await collection.aggregate([{ $project }], raw).toArray();
    expect(namesIn(made, 'in')).toEqual(['x', '9', '8']);
  });

  it('and are compared in it', async () => {
    const collection = await stored('b', '10');
    const { collectionName: find } = collection;
    for (const collated of [{}, { collation: { locale: 'en' } }]) {
      const count = async (value: Map<string, unknown>) =>
        (await mongo.db.command({ find, filter: { in: value }, ...collated })).cursor.firstBatch.length;
      expect(await count(fields('b', '10'))).toBe(1);
      expect(await count(new Map(Object.entries({ '10': 1, b: 0 })))).toBe(0);
    }
  });
});
