import { refusal, useMongo } from '../fixture.ts';

describe('projections put what they compute', () => {
  const mongo = useMongo();
  const document = { _id: 1, b: 1, a: 2, in: { y: 1, x: 2 }, list: [{ x: 1 }, 5], n: [1, 2, 3] };

  /** As text, which shows the order of the fields; the same from a find and from a pipeline. */
  const projected = async (projection: object): Promise<string> => {
    const collection = await mongo.collection(document);
    const [found] = await collection.find({}, { projection }).toArray();
    const [staged] = await collection.aggregate([{ $project: projection }]).toArray();
    expect(JSON.stringify(staged)).toBe(JSON.stringify(found));
    return JSON.stringify(found);
  };
  const text = (fields: object) => JSON.stringify(fields);

  it('behind what they take', async () => {
    expect(await projected({ a: 1, b: { $literal: 5 } })).toBe(text({ _id: 1, a: 2, b: 5 }));
    expect(await projected({ _id: '$a', b: 1 })).toBe(text({ b: 1, _id: 2 }));
    expect(await projected({ _id: 0, in: { y: '$a', x: 1 } })).toBe(text({ in: { x: 2, y: 2 } }));
  });

  it('where a document already is, or where none is yet', async () => {
    expect(await projected({ 'b.c': '$a', a: 1 })).toBe(text({ _id: 1, b: { c: 2 }, a: 2 }));
    expect(await projected({ 'z.c': '$missing', a: 1 })).toBe(text({ _id: 1, a: 2, z: {} }));
    expect(await projected({ 'list.of': '$a' })).toBe(text({ _id: 1, list: [{ of: 2 }, { of: 2 }] }));
  });

  it('of arrays', async () => {
    const collection = await mongo.collection(document);
    const found = async (projection: object) => text((await collection.findOne({ n: 2 }, { projection })) ?? {});
    expect(await found({ n: { $elemMatch: { $gt: 1 } }, list: 1 })).toBe(text({ _id: 1, list: document.list, n: [2] }));
    expect(await found({ n: { $elemMatch: { $gt: 1 } }, list: 0, in: 0 })).toBe(text({ _id: 1, b: 1, a: 2, n: [2] }));
    expect(await found({ _id: 1, n: { $slice: 1 } })).toBe(text({ _id: 1, n: [1] }));
    expect(await found({ n: { $slice: [0, 1] }, a: 1 })).toBe(text({ _id: 1, a: 2, n: [1] }));
    expect(await found({ 'n.$': 1, a: 1 })).toBe(text({ _id: 1, a: 2, n: [2] }));
  });

  it('and say what they cannot', async () => {
    const collection = await mongo.collection(document);
    const code = async (projection: object) => (await refusal(collection.findOne({ n: 1 }, { projection }))).code;
    expect(await code({ a: 0, b: { $add: [1, 1] } })).toBe(31252);
    expect(await code({ a: 0, b: 'text' })).toBe(31310);
    expect(await code({ a: { $nope: 1 } })).toBe(31325);
    expect(await code({ 'n.$.a': 1 })).toBe(31394);
    expect(await code({ 'n.$': 0 })).toBe(31395);
    expect(await code({ 'n.$': 'text' })).toBe(31308);
    expect(await code({ 'n.$': { a: 1 } })).toBe(31271);
    expect(await code({ 'n.$': 1, list: { $elemMatch: { x: 1 } } })).toBe(31255);
    expect(await code({ list: { $elemMatch: { x: 1 } }, 'n.$': 1 })).toBe(31256);
    expect(await code({ n: { $elemMatch: 1 } })).toBe(31274);
    const staged = async ($project: object) => (await refusal(collection.aggregate([{ $project }]).toArray())).code;
    expect(await staged({ 'n.$': 1 })).toBe(31324);
    expect(await staged({ n: { $elemMatch: { $gt: 1 } } })).toBe(168);
  });
});
