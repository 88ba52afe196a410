import { refusal, useMongo } from '../fixture.ts';

describe('what a find may ask beside', () => {
  const mongo = useMongo();
  const rows = async () => {
    const collection = await mongo.collection(
      { _id: 1, a: 1, b: { c: 1 }, list: [1, 2] },
      { _id: 2, a: 2, b: { c: 2 } },
      { _id: 3, a: 3, b: { c: 3 } },
      { _id: 4, a: 3, b: { c: 1 } },
    );
    await collection.createIndex({ a: 1, 'b.c': -1 });
    await collection.createIndex({ list: 1 });
    return collection;
  };
  const index = { a: 1, 'b.c': -1 } as const;
  const ids = (documents: readonly { _id?: unknown }[]) => documents.map(({ _id }) => _id);

  it('is where in an index to begin and to end', async () => {
    const collection = await rows();
    const between = (min: object | undefined, max: object | undefined, filter = {}) =>
      collection.find(filter, { hint: index, ...(min && { min }), ...(max && { max }) } as never).toArray();
    expect(ids(await between({ a: 2, 'b.c': 2 }, { a: 3, 'b.c': 1 }))).toEqual([2, 3]);
    expect(ids(await between({ a: 3, 'b.c': 2 }, undefined))).toEqual([4]);
    expect(ids(await between(undefined, { a: 2, 'b.c': 9 }))).toEqual([1]);
    expect(ids(await between({ a: 1, 'b.c': 1 }, undefined, { 'b.c': 1 }))).toEqual([1, 4]);
    const byId = collection.find({}, { min: { _id: 2 }, max: { _id: 4 }, hint: { _id: 1 } } as never).sort({ _id: -1 });
    expect(ids(await byId.toArray())).toEqual([3, 2]);
  });

  it('is refused when the index is not clear', async () => {
    const collection = await rows();
    const code = async (options: object) => (await refusal(collection.find({}, options).toArray())).code;
    expect(await code({ min: { a: 1 } })).toBe(51173);
    expect(await code({ min: { a: 1 }, hint: index })).toBe(51174);
    expect(await code({ min: { a: 1 }, max: { b: 1 }, hint: index })).toBe(51176);
    expect(await code({ min: { a: 1 }, hint: { $natural: 1 } })).toBe(2);
    expect(await code({ min: { _id: 2 }, max: { _id: 1 }, hint: { _id: 1 } })).toBe(51175);
    expect(await code({ returnKey: true, hint: { list: 1 } })).toBe(238);
  });

  it('is the key that led to a document', async () => {
    const collection = await rows();
    const keys = (filter: object, options = {}) => collection.find(filter, { returnKey: true, ...options }).toArray();
    expect(await keys({ a: { $gt: 2 } })).toEqual([{ a: 3, 'b.c': 3 }, { a: 3, 'b.c': 1 }]); // prettier-ignore
    expect(await keys({ _id: 2 })).toEqual([{ _id: 2 }]);
    expect(await keys({ 'b.c': 2 })).toEqual([{}]);
  });

  it('is the number of its record', async () => {
    const collection = await rows();
    await collection.deleteOne({ _id: 2 });
    const found = await collection.find({}, { showRecordId: true, projection: { a: 1 } }).toArray();
    expect(found.map(({ _id, a, $recordId }) => [_id, a, Number($recordId)])).toEqual([
      [1, 1, 1],
      [3, 3, 3],
      [4, 3, 4],
    ]);
  });
});
