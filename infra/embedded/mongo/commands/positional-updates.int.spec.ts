import { refusal, useMongo } from '../fixture.ts';

interface Asked {
  readonly filter?: object;
  readonly arrayFilters?: object[];
}

describe('updates of elements', () => {
  const mongo = useMongo();
  const update = async (document: object, change: object, { filter = {}, ...options }: Asked) => {
    const collection = await mongo.collection({ _id: 1, ...document });
    await collection.updateOne(filter, change as never, options as never);
    const { _id, ...rest } = (await collection.findOne())!;
    return rest;
  };

  const found: [filter: object, list: number[]][] = [
    [{ a: 5 }, [0, 9, 0]],
    [{ 'd.n': 2 }, [0, 9, 0]],
    [{ d: { $elemMatch: { n: { $gt: 1 } } } }, [0, 9, 0]],
    [{ a: { $elemMatch: { $gt: 5 } } }, [0, 0, 9]],
    [{ a: { $gt: 5, $lt: 9 } }, [0, 0, 9]],
    [{ a: { $lte: 9, $gt: 4 } }, [0, 9, 0]],
    [{ a: { $all: [1, 5] } }, [0, 9, 0]],
    [{ $or: [{ a: 77 }, { a: 9 }] }, [0, 0, 9]],
    [{ $and: [{ a: 9 }, { $or: [{ a: 1 }] }] }, [0, 0, 9]],
    [{ s: /^y/ }, [0, 9, 0]],
    [{ 'nested.n': 3 }, [0, 9, 0]],
  ];

  it.each(found)('change the one at the place by which %j found any', async (filter, list) => {
    const document = {
      a: [1, 5, 9],
      d: [{ n: 1 }, { n: 2 }],
      s: ['x', 'y'],
      nested: [{ n: [1] }, { n: [2, 3] }],
      list: [0, 0, 0],
    };
    expect(await update(document, { $set: { 'list.$': 9 } }, { filter })).toEqual({ ...document, list });
  });

  it.each([{ a: { $ne: 7 } }, { a: { $not: { $gt: 9 } } }, { $nor: [{ a: 7 }] }, { a: [1, 5] }, { a: { $size: 2 } }])(
    'are refused after %j, which finds none',
    async (filter) => {
      const refused = await refusal(update({ a: [1, 5] }, { $set: { 'a.$': 9 } }, { filter }));
      expect(refused).toMatchObject({ code: 2 });
    },
  );

  it('choose them as they were before', async () => {
    const arrayFilters = [{ x: 1 }, { y: 2 }];
    expect(await update({ a: [1, 2] }, { $set: { 'a.$[x]': 2, 'a.$[y]': 3 } }, { arrayFilters })).toEqual({
      a: [2, 3],
    });
  });

  it('refuse to change one twice', async () => {
    const arrayFilters = [{ x: 1 }, { y: { $gt: 0 } }];
    const twice = update({ a: [1, 2] }, { $set: { 'a.$[x]': 2, 'a.$[y]': 3 } }, { arrayFilters });
    expect(await refusal(twice)).toMatchObject({ code: 40, message: "Update created a conflict at 'a.0'" });
    expect(await refusal(update({ a: [1] }, { $set: { 'a.$[]': 2, 'a.0': 3 } }, {}))).toMatchObject({ code: 40 });
  });

  it('say which value is no array', async () => {
    const refused = await refusal(update({ a: [1] }, { $set: { 'a.$[].$[]': 2 } }, {}));
    expect(refused.message).toBe('Cannot apply array updates to non-array element 0: 1');
    expect(await refusal(update({}, { $unset: { 'a.$[]': 2 } }, {}))).toMatchObject({ code: 2 });
  });
});
