import { Double, Int32, Long } from 'mongodb';
import { type Any, refusal, useMongo } from '../fixture.ts';

describe('update operators', () => {
  const mongo = useMongo();

  const updated = async (
    document: Any,
    update: object,
    { filter = {}, ...options }: { filter?: object; arrayFilters?: object[] } = {},
  ) => {
    const collection = await mongo.collection({ _id: 1, ...document });
    await collection.updateOne(filter, update as never, options as never);
    const { _id, ...rest } = (await collection.findOne())!;
    return rest;
  };
  const refused = async (document: Any, update: object, options: object = {}) => {
    const collection = await mongo.collection({ _id: 1, ...document });
    return refusal(collection.updateOne({}, update as never, options));
  };

  it('set and unset, making what is on the way', async () => {
    expect(await updated({ a: 1 }, { $set: { 'b.c.d': 1, a: 2 }, $unset: { x: '' } })).toEqual({
      a: 2,
      b: { c: { d: 1 } },
    });
    expect(await updated({ a: { b: 1, c: 2 } }, { $unset: { 'a.b': '' } })).toEqual({ a: { c: 2 } });
    expect(await updated({ a: [1, 2] }, { $unset: { 'a.0': '' } })).toEqual({ a: [null, 2] });
    expect(await updated({ a: [1] }, { $set: { 'a.2': 3 } })).toEqual({ a: [1, null, 3] });
    expect(await refused({ a: 5 }, { $set: { 'a.b': 1 } })).toMatchObject({ code: 28 });
  });

  it('compute with the wider type', async () => {
    const collection = await mongo.collection({
      _id: 1,
      int: new Int32(2 ** 31 - 1),
      double: new Double(1.5),
      long: Long.fromNumber(7),
    });
    await collection.updateOne({}, { $inc: { int: 1, double: 1, long: 1, fresh: 3 }, $mul: { none: 5 } });
    const found = await collection.findOne({}, { promoteValues: false, promoteLongs: false });
    expect(found).toEqual({
      _id: new Int32(1),
      int: Long.fromNumber(2 ** 31),
      double: new Double(2.5),
      long: Long.fromNumber(8),
      fresh: new Int32(3),
      none: new Int32(0),
    });
    expect(await refused({ a: 'x' }, { $inc: { a: 1 } })).toMatchObject({ code: 14 });
    expect(await refused({ a: 1 }, { $inc: { a: 'x' } })).toMatchObject({ code: 14 });
    expect(await refused({ a: Long.MAX_VALUE }, { $inc: { a: 1 } })).toMatchObject({ code: 2 });
  });

  it('keep the least or the greatest, across types', async () => {
    expect(await updated({ a: 5, b: 5, c: 5 }, { $min: { a: 3, b: 9, d: 1 }, $max: { c: 'text' } })).toEqual({
      a: 3,
      b: 5,
      c: 'text',
      d: 1,
    });
  });

  it('rename', async () => {
    expect(await updated({ a: 1, b: { c: 2 } }, { $rename: { a: 'x.y', 'b.c': 'z', no: 'q' } })).toEqual({
      b: {},
      x: { y: 1 },
      z: 2,
    });
  });

  it('rename only between places that are fields', async () => {
    const document = { a: 1, l: [{ x: 1 }] };
    const code = async (rename: object) => (await refused(document, { $rename: rename })).code;
    expect(await code({ a: 'a' })).toBe(2);
    expect(await code({ a: 'a.b' })).toBe(2);
    expect(await code({ 'l.0.x': 'y' })).toBe(2);
    expect(await code({ a: 'l.0.y' })).toBe(2);
    expect(await code({ 'l.$[].x': 'y' })).toBe(2);
    expect(await code({ 'a.b': 'y' })).toBe(28);
    expect(await code({ 'l.x': 'y' })).toBe(28);
  });

  it('rename in the order of where things go', async () => {
    const document = { b: 1, a: 2, l: [1] };
    const renamed = await updated(document, {
      $rename: { b: 'z', a: 'y', l: 'x' },
      $set: { '10': 0, w: 0 },
    });
    expect(Object.keys(renamed)).toEqual(['10', 'w', 'x', 'y', 'z']);
    expect(await updated({ l: [{}] }, { $rename: { no: 'l.0.x' } })).toEqual({ l: [{}] });
    expect(await refused(document, { $rename: { b: 'z' }, $set: { b: 1 } })).toMatchObject({ code: 40 });
  });

  it('refuse a path that leads nowhere for sure', async () => {
    const document = { a: [{ b: [1] }] };
    const twice = await refused(document, { $set: { 'a.$.b.$': 1 } });
    expect(twice).toMatchObject({ code: 2, message: expect.stringMatching(/^Too many positional/) });
    const first = await refused(document, { $set: { '$[].b': 1 } });
    expect(first).toMatchObject({ code: 2, message: expect.stringMatching(/in the first position/) });
    expect(await refused(document, { $set: { 'a.$b': 1 } })).toMatchObject({ code: 28 });
    expect(await refused(document, { $set: { '$b.a': 1 } })).toMatchObject({ code: 52 });
    expect(await refused({ n: 1 }, { $set: { 'n.$[]': 1 } })).toMatchObject({ code: 2 });
    expect(await refused(document, { $set: { 'a..b': 1 } })).toMatchObject({ code: 56 });
    const pipeline = [{ $set: { z: 1 } }] as never;
    expect(await refused(document, pipeline, { arrayFilters: [{ x: 1 }] })).toMatchObject({ code: 9 });
  });

  it('take names with a dollar that are not at the top', async () => {
    expect(await updated({}, { $set: { 'a.$b': 1, 'c.d$': 2 } })).toEqual({ a: { $b: 1 }, c: { d$: 2 } });
  });

  it('say what is wrong with array filters', async () => {
    const said = async (...arrayFilters: object[]) => refused({ a: [1] }, { $set: { 'a.$[i]': 5 } }, { arrayFilters });
    expect(await said({ i: 0 }, { j: 0 })).toMatchObject({
      code: 9,
      message: "The array filter for identifier 'j' was not used in the update { $set: { a.$[i]: 5 } }",
    });
    expect(await said({ $alwaysTrue: 1 })).toMatchObject({ code: 9 });
    expect(await said({ $expr: { $eq: ['$i', 1] } })).toMatchObject({ code: 224 });
    expect(await said({ $or: [{ i: 1 }, { $expr: true }] })).toMatchObject({ code: 224 });
  });

  it('start from what a filter holds to one value', async () => {
    const upserted = async (filter: object, update: object) => {
      const collection = await mongo.collection();
      const options = { upsert: true };
      if (Object.keys(update).length > 0) await collection.updateOne(filter, update, options);
      else await collection.replaceOne(filter, update, options);
      return collection.findOne();
    };
    const set = { $set: { a: 1 } };
    expect(await upserted({ _id: 1, x: { $all: [1, /a/] } }, set)).toEqual({ _id: 1, x: 1, a: 1 });
    expect(await upserted({ '_id.x': 1, '_id.y': 2 }, set)).toEqual({ _id: { x: 1, y: 2 }, a: 1 });
    expect(await upserted({ _id: 1, x: { $all: [1, 2] } }, {})).toEqual({ _id: 1 });
    expect(await refusal(upserted({ x: { $all: [1, 2] } }, set))).toMatchObject({ code: 54 });
    expect(await refusal(upserted({ _id: { $all: [1, 2] } }, {}))).toMatchObject({ code: 54 });
    expect(await refusal(upserted({ '_id.x': 1 }, {}))).toMatchObject({ code: 111 });
    expect(await refusal(upserted({ _id: 1, '_id.x': 1 }, {}))).toMatchObject({ code: 111 });
  });

  it('add nothing to a set that they do not understand', async () => {
    const operand = { $each: [1], $slice: 1 };
    expect(await refused({ a: [] }, { $addToSet: { a: operand } })).toMatchObject({ code: 2 });
    expect(await refused({ a: [] }, { $push: { a: { $each: [], $sort: 2 } } })).toMatchObject({ code: 2 });
  });

  it('take the date of the server', async () => {
    const { at } = await updated({}, { $currentDate: { at: true } });
    expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('work on bits', async () => {
    expect(await updated({ a: 13, b: 5 }, { $bit: { a: { and: 10 }, b: { or: 2 } } })).toEqual({ a: 8, b: 7 });
  });

  it('push', async () => {
    expect(await updated({ a: [1] }, { $push: { a: 2, b: 'new' } })).toEqual({ a: [1, 2], b: ['new'] });
    const modifiers = { $each: [5, 3], $sort: -1, $slice: 3 };
    expect(await updated({ a: [4, 1] }, { $push: { a: modifiers } })).toEqual({ a: [5, 4, 3] });
    expect(await updated({ a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } })).toEqual({
      a: [1, 2, 3, 4],
    });
    expect(await updated({ a: [{ s: 2 }] }, { $push: { a: { $each: [{ s: 1 }], $sort: { s: 1 } } } })).toEqual({
      a: [{ s: 1 }, { s: 2 }],
    });
    expect(await refused({ a: 5 }, { $push: { a: 1 } })).toMatchObject({ code: 2 });
  });

  it('add to sets and pull', async () => {
    expect(await updated({ a: [1, { b: 1 }] }, { $addToSet: { a: { $each: [1, 2, { b: 1 }, 2] } } })).toEqual({
      a: [1, { b: 1 }, 2],
    });
    expect(await updated({ a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } })).toEqual({ a: [1] });
    expect(await updated({ a: [{ b: 1, c: 1 }, { b: 2 }] }, { $pull: { a: { b: 1 } } })).toEqual({ a: [{ b: 2 }] });
    expect(await updated({ a: [1, 2, 1] }, { $pull: { a: 1 } })).toEqual({ a: [2] });
    expect(await updated({ a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } })).toEqual({ a: [2] });
    expect(await updated({ a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } })).toEqual({ a: [1, 2], b: [2] });
  });

  it('change the element that the filter found', async () => {
    const document = {
      a: [
        { k: 1, n: 0 },
        { k: 2, n: 0 },
      ],
      s: [5, 6],
    };
    expect((await updated(document, { $inc: { 'a.$.n': 1 } }, { filter: { 'a.k': 2 } })).a[1]).toEqual({ k: 2, n: 1 });
    expect((await updated(document, { $set: { 's.$': 0 } }, { filter: { s: 6 } })).s).toEqual([5, 0]);
    expect(
      (await updated(document, { $set: { 'a.$.n': 9 } }, { filter: { a: { $elemMatch: { k: 1 } } } })).a[0].n,
    ).toBe(9);
    expect(await refused(document, { $set: { 'a.$.n': 9 } })).toMatchObject({ code: 2 });
  });

  it('change all elements, or those that an array filter takes', async () => {
    const document = { a: [{ k: 1 }, { k: 5 }, { k: 9 }] };
    expect(await updated(document, { $inc: { 'a.$[].k': 1 } })).toEqual({ a: [{ k: 2 }, { k: 6 }, { k: 10 }] });
    const arrayFilters = [{ 'e.k': { $gte: 5 } }];
    expect(await updated(document, { $set: { 'a.$[e].big': true } }, { arrayFilters })).toEqual({
      a: [{ k: 1 }, { k: 5, big: true }, { k: 9, big: true }],
    });
    expect(await updated({ n: [1, 2, 3] }, { $mul: { 'n.$[x]': 10 } }, { arrayFilters: [{ x: { $gt: 1 } }] })).toEqual({
      n: [1, 20, 30],
    });
    expect(await refused(document, { $set: { 'a.$[e].k': 1 } })).toMatchObject({ code: 2 });
    expect(await refused(document, { $set: { b: 1 } }, { arrayFilters })).toMatchObject({ code: 9 });
    const code = async (...filters: object[]) =>
      (await refused(document, { $set: { 'a.$[e].big': true } }, { arrayFilters: filters })).code;
    expect(await code({})).toBe(9);
    expect(await code({ $or: [{ 'e.k': 1 }, { f: 1 }] })).toBe(9);
    expect(await code({ $expr: true })).toBe(224);
    expect(await code({ $and: [null] })).toBe(2);
    expect(await code({ E: 1 })).toBe(2);
  });

  it('run as a pipeline, and leave the types of other fields', async () => {
    const collection = await mongo.collection({ _id: 1, a: 2, long: Long.fromNumber(5), double: new Double(3) });
    await collection.updateOne({}, [{ $set: { sum: { $add: ['$a', 1] }, 'x.y': '$long' } }, { $unset: 'a' }]);
    const found = await collection.findOne({}, { promoteValues: false, promoteLongs: false });
    expect(found).toMatchObject({ long: Long.fromNumber(5), double: new Double(3), sum: new Int32(3) });
    expect(found).not.toHaveProperty('a');
    expect(await refusal(collection.updateOne({}, [{ $group: { _id: 1 } }]))).toMatchObject({ code: 72 });
  });

  it('say nothing was modified when nothing is', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1, s: [1] });
    const same = { $set: { a: 1 }, $addToSet: { s: 1 }, $unset: { z: '' } };
    expect(await collection.updateOne({}, same)).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  it('change one document and give it back', async () => {
    const collection = await mongo.collection({ _id: 1, n: 1, s: 'b' }, { _id: 2, n: 2, s: 'a' });
    expect(await collection.findOneAndUpdate({}, { $inc: { n: 5 } }, { sort: { s: 1 } })).toEqual({
      _id: 2,
      n: 2,
      s: 'a',
    });
    expect(
      await collection.findOneAndUpdate(
        { _id: 2 },
        { $inc: { n: 1 } },
        { returnDocument: 'after', projection: { n: 1 } },
      ),
    ).toEqual({ _id: 2, n: 8 });
    expect(await collection.findOneAndReplace({ _id: 1 }, { r: 1 }, { returnDocument: 'after' })).toEqual({
      _id: 1,
      r: 1,
    });
    expect(await collection.findOneAndDelete({ _id: 1 })).toEqual({ _id: 1, r: 1 });
    expect(await collection.findOneAndDelete({ _id: 1 })).toBeNull();
    const upserted = await collection.findOneAndUpdate(
      { _id: 9 },
      { $set: { a: 1 } },
      { upsert: true, returnDocument: 'after', includeResultMetadata: true },
    );
    expect(upserted).toMatchObject({
      value: { _id: 9, a: 1 },
      lastErrorObject: { n: 1, updatedExisting: false, upserted: 9 },
    });
  });
});
