import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { type Any, refusal, useMongo } from '../fixture.ts';

describe('finding', () => {
  const mongo = useMongo();
  const ids = async (filter: object, ...documents: Any[]): Promise<unknown[]> => {
    const collection = await mongo.collection(...documents.map((document, _id) => ({ _id, ...document })));
    return (await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
  };

  it('gives back every type as it came', async () => {
    const document = {
      _id: new ObjectId(),
      int: new Int32(5),
      double: new Double(5),
      long: Long.fromNumber(5),
      decimal: Decimal128.fromString('5.10'),
      date: new Date(1234567890123),
      binary: new Binary(Buffer.from('abc')),
      timestamp: new Timestamp({ t: 1, i: 2 }),
      nothing: null,
      yes: true,
      nested: { list: [1, 'two', { three: 3 }] },
      regex: /a+/i,
      low: new MinKey(),
      high: new MaxKey(),
      ref: { $ref: 'other', $id: 7 },
    };
    const collection = await mongo.collection(document);
    const [found] = await collection
      .find({}, { promoteValues: false, promoteLongs: false, bsonRegExp: false })
      .toArray();
    expect(found!.int).toEqual(new Int32(5));
    expect(found!.double).toEqual(new Double(5));
    expect(found!.long).toEqual(Long.fromNumber(5));
    expect(found!.decimal.toString()).toBe('5.10');
    await collection.updateOne({}, { $set: { touched: true } });
    const [after] = await collection.find({}, { promoteValues: false, promoteLongs: false }).toArray();
    expect(after).toEqual({ ...found, touched: true });
    expect(
      await collection.countDocuments({ 'ref.$id': 7, long: { $type: 'long' }, double: { $type: 'double' } }),
    ).toBe(1);
  });

  it('compares within one type only, and numbers across theirs', async () => {
    const documents = [
      { a: 1 },
      { a: 2.5 },
      { a: Long.fromNumber(3) },
      { a: '2' },
      { a: null },
      {},
      { a: new Date(5) },
    ];
    expect(await ids({ a: { $gt: 1 } }, ...documents)).toEqual([1, 2]);
    expect(await ids({ a: { $lte: 'z' } }, ...documents)).toEqual([3]);
    expect(await ids({ a: { $gte: null } }, ...documents)).toEqual([4, 5]);
    expect(await ids({ a: { $lt: new Date(6) } }, ...documents)).toEqual([6]);
    expect(await ids({ a: { $ne: 1 } }, ...documents)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await ids({ a: { $gt: new MinKey() } }, ...documents)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await ids({ a: { $lte: new MaxKey() } }, ...documents)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('tells null, missing and there apart where the server does', async () => {
    const documents = [
      { a: null },
      {},
      { a: 0 },
      { a: { b: null } },
      { a: { b: 1 } },
      { a: [] },
      { a: [{ b: 1 }, { c: 2 }] },
    ];
    expect(await ids({ a: null }, ...documents)).toEqual([0, 1]);
    expect(await ids({ a: { $exists: true } }, ...documents)).toEqual([0, 2, 3, 4, 5, 6]);
    expect(await ids({ a: { $exists: false } }, ...documents)).toEqual([1]);
    expect(await ids({ a: { $type: 'null' } }, ...documents)).toEqual([0]);
    expect(await ids({ 'a.b': null }, ...documents)).toEqual([0, 1, 2, 3, 6]);
    expect(await ids({ a: { $in: [null, 0] } }, ...documents)).toEqual([0, 1, 2]);
    expect(await ids({ a: { $nin: [null] } }, ...documents)).toEqual([2, 3, 4, 5, 6]);
  });

  it('looks into arrays', async () => {
    const documents = [
      { a: [1, 2, 3] },
      { a: [[1, 2]] },
      { a: 2 },
      {
        a: [
          { b: 1, c: 5 },
          { b: 2, c: 1 },
        ],
      },
      { a: ['x'] },
    ];
    expect(await ids({ a: 2 }, ...documents)).toEqual([0, 2]);
    expect(await ids({ a: [1, 2] }, ...documents)).toEqual([1]);
    expect(await ids({ 'a.1': 2 }, ...documents)).toEqual([0]);
    expect(await ids({ 'a.b': { $gt: 1 } }, ...documents)).toEqual([3]);
    expect(await ids({ 'a.b': 1, 'a.c': 1 }, ...documents)).toEqual([3]);
    expect(await ids({ a: { $elemMatch: { b: 1, c: 1 } } }, ...documents)).toEqual([]);
    expect(await ids({ a: { $elemMatch: { $gt: 2, $lt: 4 } } }, ...documents)).toEqual([0]);
    // It looks at an element, and not into one that is an array itself.
    expect(await ids({ a: { $elemMatch: { $eq: 2 } } }, ...documents)).toEqual([0]);
    expect(await ids({ a: { $elemMatch: { $size: 2 } } }, ...documents)).toEqual([1]);
    expect(await ids({ a: { $elemMatch: { $not: { $type: 'array' } } } }, ...documents)).toEqual([0, 3, 4]);
    expect(await ids({ a: { $elemMatch: { $elemMatch: { $all: [2] } } } }, ...documents)).toEqual([1]);
    expect(await ids({ a: { $all: [1, 3] } }, ...documents)).toEqual([0]);
    expect(await ids({ a: { $size: 1 } }, ...documents)).toEqual([1, 4]);
    expect(await ids({ a: { $not: { $size: 1 } } }, ...documents)).toEqual([0, 2, 3]);
    expect(await ids({ a: { $gt: 2, $lt: 2 } }, ...documents)).toEqual([0]);
  });

  it('knows the other operators', async () => {
    const documents = [
      { a: 5, s: 'Hello' },
      { a: 6, s: 'world' },
      { a: -1, s: 'a.b' },
    ];
    expect(await ids({ a: { $mod: [2, 0] } }, ...documents)).toEqual([1]);
    expect(await ids({ s: /^h/i }, ...documents)).toEqual([0]);
    expect(await ids({ s: { $regex: 'L', $options: 'i' } }, ...documents)).toEqual([0, 1]);
    expect(await ids({ s: { $in: [/^w/, 'a.b'] } }, ...documents)).toEqual([1, 2]);
    expect(await ids({ s: { $not: /o/ } }, ...documents)).toEqual([2]);
    expect(await ids({ a: { $bitsAllSet: 5 } }, ...documents)).toEqual([0, 2]);
    expect(await ids({ a: { $bitsAllSet: [2 ** 31 - 1] } }, { a: 1 }, { a: -1 })).toEqual([1]);
    expect(await ids({ a: { $bitsAnyClear: [0] } }, ...documents)).toEqual([1]);
    expect(await ids({ a: { $bitsAllClear: [70] } }, { _id: 'huge', a: 1e300 }, { _id: 'small', a: 1 })).toEqual([
      'small',
    ]);
    for (const wrong of [[-1], [0.5], ['a'], 'a'])
      expect(
        await refusal((await mongo.collection()).find({ a: { $bitsAllSet: wrong } } as never).toArray()),
      ).toMatchObject({ code: 2 });
    expect(await ids({ $or: [{ a: 5 }, { s: 'world' }] }, ...documents)).toEqual([0, 1]);
    expect(await ids({ $nor: [{ a: 5 }, { s: 'world' }] }, ...documents)).toEqual([2]);
    expect(await ids({ $expr: { $gt: ['$a', { $strLenCP: '$s' }] } }, ...documents)).toEqual([1]);
  });

  it('sorts by one element of an array, and by no two arrays', async () => {
    const documents = [
      { l: [{ x: 1, y: 9 }, { x: 2, y: 0 }] },
      { l: [{ x: 1, y: 5 }] },
      {},
      { l: [] },
    ]; // prettier-ignore
    const collection = await mongo.collection(...documents.map((document, _id) => ({ _id, ...document })));
    const order = async (sort: object) =>
      (await collection.find().sort(sort as never).toArray()).map(({ _id }) => _id); // prettier-ignore
    expect(await order({ 'l.x': 1, 'l.y': 1 })).toEqual([2, 3, 1, 0]);
    expect(await order({ l: 1 })).toEqual([3, 2, 1, 0]);
    const parallel = await mongo.collection({ a: [1], b: [1] });
    expect(await refusal(parallel.find().sort({ a: 1, b: 1 }).toArray())).toMatchObject({ code: 2 });
    expect(await refusal(mongo.db.command({ find: 'c', sort: { a: 'up' } }))).toMatchObject({ code: 15974 });
  });

  it('holds every statement about an id', async () => {
    const documents = [{}, {}, {}];
    expect(await ids({ _id: 1 }, ...documents)).toEqual([1]);
    expect(await ids({ $and: [{ _id: 2 }], _id: 1 }, ...documents)).toEqual([]);
    expect(await ids({ _id: { $in: [2, 0, 7], $lt: 2 } }, ...documents)).toEqual([0]);
    expect(await ids({ _id: { $gt: 0 }, $or: [{ _id: 2 }, { _id: 0 }] }, ...documents)).toEqual([2]);
  });

  it('is exact on documents as values', async () => {
    const documents = [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, { a: { x: 1 } }];
    expect(await ids({ a: { x: 1, y: 2 } }, ...documents)).toEqual([0]);
    expect(await ids({ a: { $gt: { x: 1 } } }, ...documents)).toEqual([0, 1]);
  });

  it('sorts across types, stably, arrays by their least or greatest element', async () => {
    const values = [
      { a: 'x' },
      { a: 3 },
      {},
      { a: [5, 1] },
      { a: new Date(1) },
      { a: { z: 1 } },
      { a: true },
      { a: 3 },
    ];
    const collection = await mongo.collection(...values.map((value, _id) => ({ _id, ...value })));
    const sorted = async (direction: 1 | -1) =>
      (await collection.find().sort({ a: direction }).toArray()).map(({ _id }) => _id);
    expect(await sorted(1)).toEqual([2, 3, 1, 7, 0, 5, 6, 4]);
    expect(await sorted(-1)).toEqual([4, 6, 5, 0, 3, 1, 7, 2]);
    expect((await collection.find().sort({ $natural: -1 }).limit(1).toArray())[0]).toMatchObject({ _id: 7 });
  });

  it('skips, limits and counts', async () => {
    const collection = await mongo.collection(
      ...Array.from({ length: 10 }, (_, _id) => ({ _id, even: _id % 2 === 0 })),
    );
    const found = await collection.find({ even: true }).sort({ _id: -1 }).skip(1).limit(2).toArray();
    expect(found.map(({ _id }) => _id)).toEqual([6, 4]);
    expect(await collection.find().limit(-3).toArray()).toHaveLength(3);
    expect(await collection.countDocuments({ even: true }, { skip: 1, limit: 3 })).toBe(3);
    expect(await collection.estimatedDocumentCount()).toBe(10);
    expect(await collection.distinct('even')).toEqual([true, false]);
    expect((await mongo.db.command({ count: collection.collectionName, query: { even: true }, limit: -2 })).n).toBe(2);
  });

  it('gives distinct values in the order of the documents, those of one array in their own', async () => {
    const collection = await mongo.collection({ a: [3, 1] }, { a: 1 }, { a: 'x' }, {}, { a: { b: 1 } });
    expect(await collection.distinct('a')).toEqual([1, 3, 'x', { b: 1 }]);
    expect(await collection.distinct('a.b')).toEqual([1]);
    expect(await collection.distinct('a', { a: 1 })).toEqual([1, 3]);
  });

  it('refuses what it does not know rather than guess', async () => {
    const collection = await mongo.collection({ a: 1 });
    expect(await refusal(collection.findOne({ a: { $nearby: [1, 2] } }))).toMatchObject({
      code: 2,
      message: 'unknown operator: $nearby',
    });
    expect(await refusal(collection.findOne({ $foo: 1 }))).toMatchObject({ code: 2 });
    expect(await refusal(collection.findOne({ $or: [] }))).toMatchObject({ code: 2 });
    const command = { find: collection.collectionName, sort: { a: 2 } };
    expect(await refusal(mongo.db.command(command))).toMatchObject({ code: 15975 });
    expect(await refusal(collection.findOne({ a: { $expr: 1 } }))).toMatchObject({ code: 2 });
    expect(await refusal(collection.findOne({ $where: 'true' }))).toMatchObject({ code: 238 });
  });
});

describe('projections', () => {
  const mongo = useMongo();
  const document = { _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ x: 1, y: 1 }, { x: 2, y: 2 }, 7], n: [1, 2, 3, 4] };
  const projected = async (projection: object, filter = {}) =>
    (await mongo.collection(document)).findOne(filter, { projection });

  it('include', async () => {
    expect(await projected({ a: 1 })).toEqual({ _id: 1, a: 1 });
    expect(await projected({ b: 1, _id: 0 })).toEqual({ b: { c: 2, d: 3 } });
    expect(await projected({ 'b.c': 1, 'list.x': 1 })).toEqual({ _id: 1, b: { c: 2 }, list: [{ x: 1 }, { x: 2 }] });
    expect(await projected({ b: { d: 1 } })).toEqual({ _id: 1, b: { d: 3 } });
    expect(await projected({ _id: 1 })).toEqual({ _id: 1 });
    expect(await projected({ missing: 1 })).toEqual({ _id: 1 });
  });

  it('exclude', async () => {
    expect(await projected({ list: 0, n: 0 })).toEqual({ _id: 1, a: 1, b: { c: 2, d: 3 } });
    expect(await projected({ _id: 0, 'b.c': 0, 'list.x': 0, n: 0 })).toEqual({
      a: 1,
      b: { d: 3 },
      list: [{ y: 1 }, { y: 2 }, 7],
    });
    expect(await projected({ _id: 0 })).toEqual({ a: 1, b: document.b, list: document.list, n: document.n });
  });

  it('take parts of arrays', async () => {
    expect((await projected({ n: { $slice: -2 } }))!.n).toEqual([3, 4]);
    expect(await projected({ n: { $slice: [1, 2] } })).toEqual({ ...document, n: [2, 3] });
    expect(await projected({ list: { $elemMatch: { x: 2 } } })).toEqual({ _id: 1, list: [{ x: 2, y: 2 }] });
    expect(await projected({ 'list.$': 1 }, { 'list.x': 2 })).toEqual({ _id: 1, list: [{ x: 2, y: 2 }] });
  });

  it('compute', async () => {
    expect(await projected({ sum: { $add: ['$a', '$b.c'] }, a: 1 })).toEqual({ _id: 1, a: 1, sum: 3 });
    expect(await projected({ 'list.x': 1, 'list.of': '$_id' })).toMatchObject({
      list: [{ x: 1, of: 1 }, { x: 2, of: 1 }, { of: 1 }],
    });
  });

  it('do not mix including and excluding', async () => {
    const collection = await mongo.collection(document);
    expect(await refusal(collection.findOne({}, { projection: { a: 1, b: 0 } }))).toMatchObject({ code: 31254 });
    expect(await refusal(collection.findOne({}, { projection: { b: 0, a: 1 } }))).toMatchObject({ code: 31253 });
  });

  it('say what is wrong with them', async () => {
    const code = async (projection: object, filter = {}) => (await refusal(projected(projection, filter))).code;
    expect(await code({ a: {} })).toBe(51270);
    expect(await code({ b: 1, 'b.c': 1 })).toBe(31249);
    expect(await code({ 'b.c': 1, b: 1 })).toBe(31250);
    expect(await code({ 'list.$': 1 })).toBe(51246);
    expect(await code({ 'list.$': 1, 'n.$': 1 }, { n: 1 })).toBe(31276);
    expect(await code({ 'list.$': 1, a: 0 }, { n: 1 })).toBe(31254);
    expect(await code({ 'b.list': { $elemMatch: { x: 1 } } })).toBe(31275);
    expect(await code({ 'a..b': 1 })).toBe(15998);
    expect(await code({ a: { $nope: 1 } })).toBe(31325);
  });
});
