import { refusal, useMongo } from '../fixture.ts';

const sorted = [{ b: [3, 1] }, { b: [2] }, 5];

describe('updates of arrays', () => {
  const mongo = useMongo();
  const update = async (document: object, change: object) => {
    const collection = await mongo.collection({ _id: 1, ...document });
    await collection.updateOne({}, change as never);
    const { _id, ...rest } = (await collection.findOne())!;
    return rest;
  };

  const changed: [document: object, change: object, after: object][] = [
    [{ a: [1] }, { $addToSet: { a: { b: 1, $each: [1] } } }, { a: [1, { b: 1, $each: [1] }] }],
    [{ a: [{ b: 1 }, { c: 1 }, 1] }, { $pull: { a: { $or: [{ b: 1 }, { c: 1 }] } } }, { a: [1] }],
    [{ a: sorted }, { $push: { a: { $each: [], $sort: { b: 1 } } } }, { a: [5, { b: [2] }, { b: [3, 1] }] }],
    [{ a: sorted }, { $push: { a: { $each: [], $sort: { 'b.0': -1 } } } }, { a: sorted }],
    [{ a: 1 }, { $pop: { 'b.c': 1 }, $pull: { 'c.d': 1 }, $pullAll: { 'd.e': [1] } }, { a: 1 }],
    [{ a: 1 }, { $unset: { 'a.b': 1 } }, { a: 1 }],
  ];
  it.each(changed)('make of %j by %j what the server does', async (document, change, after) =>
    expect(await update(document, change)).toEqual(after),
  );

  const refused: [document: object, change: object, code: number][] = [
    [{ a: [1] }, { $addToSet: { a: { $each: 1 } } }, 14],
    [{ a: [1] }, { $addToSet: { a: { $each: [1], more: 1 } } }, 2],
    [{ a: [1] }, { $push: { a: { $each: [], $sort: {} } } }, 2],
    [{ a: [1] }, { $push: { a: { $each: [], $sort: 'text' } } }, 2],
    [{ a: 1 }, { $pop: { 'a.b': 1 } }, 28],
    [{ a: 1 }, { $pull: { 'a.b': 1 } }, 28],
    [{ a: [1] }, { $pullAll: { 'a.b': [1] } }, 28],
    [{ a: 1 }, { $currentDate: { a: { $type: 'date', more: 1 } } }, 2],
  ];
  it.each(refused)('of %j by %j are refused', async (document, change, code) =>
    expect(await refusal(update(document, change))).toMatchObject({ code }),
  );
});
