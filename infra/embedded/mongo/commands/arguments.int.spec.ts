import { Decimal128, Long, MinKey } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

/** With what codes the real server refuses arguments of the wrong kind. */
describe('arguments', () => {
  const mongo = useMongo();
  const code = async (command: object) => (await refusal(mongo.db.command(command))).code;
  const codes = async (commands: readonly object[]) => [...new Set(await Promise.all(commands.map(code)))];
  const set = { $set: { a: 2 } };

  it('that should name a collection, and cannot', async () => {
    const commands = (name: unknown) => [
      ...[{ find: name }, { count: name }, { distinct: name, key: 'a' }, { drop: name }, { create: name }],
      ...[{ insert: name, documents: [{}] }, { update: name, updates: [{ q: {}, u: set }] }, { listIndexes: name }],
      ...[
        { delete: name, deletes: [{ q: {}, limit: 1 }] },
        { findAndModify: name, query: {}, update: set },
      ],
      { createIndexes: name, indexes: [{ key: { a: 1 }, name: 'a' }] },
    ];
    for (const name of [1, true, null, [1], { a: 1 }, '', '.a', 'a\0b'])
      expect(await codes(commands(name))).toEqual([73]);
    expect(await code({ aggregate: true, pipeline: [], cursor: {} })).toBe(14);
  });

  it('that should say yes or no', async () => {
    const { collectionName: c } = await mongo.collection({ _id: 1, a: 1 });
    const modify = { findAndModify: c, query: {}, update: set };
    const commands = (flag: unknown) => [
      ...[
        { ...modify, new: flag },
        { ...modify, upsert: flag },
        { ...modify, bypassDocumentValidation: flag },
      ],
      ...[
        { find: c, singleBatch: flag },
        { find: c, returnKey: flag },
        { findAndModify: c, query: {}, remove: flag },
      ],
      { delete: c, deletes: [{ q: {}, limit: 1 }], ordered: flag },
      { insert: c, documents: [{}], writeConcern: { w: 1, j: flag } },
    ];
    for (const flag of ['text', [1], { a: 1 }, new Date(), new MinKey()])
      expect(await codes(commands(flag))).toEqual([14]);
    expect(await code({ find: c, upsert: 'text' })).toBe(40415);
    expect(await mongo.db.command({ ...modify, new: 1, upsert: null })).toMatchObject({ value: { a: 2 } });
  });

  it('of statements', async () => {
    const { collectionName: c } = await mongo.collection({ a: 1 });
    const update = (...updates: object[]) => code({ update: c, updates });
    expect(await update({ q: {}, u: 'text' })).toBe(9);
    expect(await update({ q: 'text', u: set })).toBe(14);
    expect(await update({ u: set })).toBe(40414);
    expect(await update()).toBe(16);
    expect(await code({ delete: c, deletes: [{ q: {}, limit: 2 }] })).toBe(9);
    expect(await code({ delete: c, deletes: [{ q: {} }] })).toBe(40414);
  });

  it('of write concerns', async () => {
    const concern = (writeConcern: unknown) => code({ insert: 'concerned', documents: [{}], writeConcern });
    const numbers = [-1, 51, Number.NaN, Infinity, -Infinity, Long.MAX_VALUE, Decimal128.fromString('NaN')];
    for (const w of [...numbers, true, [1], new Date(), {}, { dc: 'text' }]) expect(await concern({ w })).toBe(9);
    for (const w of [2, null, '', 'Majority']) expect(await concern({ w })).toBe(2);
    expect(await concern({ w: 1, unknown: 1 })).toBe(40415);
    expect(await concern({ w: 1, wtimeout: 2 ** 31 })).toBe(9);
    for (const other of [1, true, 'majority', [1]]) expect(await concern(other)).toBe(14);
  });

  it('of read concerns', async () => {
    const concern = (readConcern: unknown) => code({ find: 'concerned', readConcern });
    for (const other of [1, true, 'local', [{ level: 'local' }]]) expect(await concern(other)).toBe(14);
    for (const level of [1, true, ['local'], { a: 1 }]) expect(await concern({ level })).toBe(14);
    for (const level of ['', 'LOCAL', 'strong', 'local\0']) expect(await concern({ level })).toBe(2);
    for (const other of [{ unknown: 1 }, { level: 'local', unknown: 1 }]) expect(await concern(other)).toBe(40415);
    for (const none of [null, {}, { level: null }])
      expect(await mongo.db.command({ find: 'concerned', readConcern: none })).toMatchObject({ ok: 1 });
  });

  it('of hints', async () => {
    const { collectionName: distinct } = await mongo.collection({ a: 1 });
    const hinted = (hint: unknown) => code({ distinct, key: 'a', hint });
    for (const hint of [1, true, [1], null]) expect(await hinted(hint)).toBe(9);
    for (const $natural of [0, 2, 0.5, true, null, 'text']) expect(await hinted({ $natural })).toBe(2);
    expect(await hinted({ $natural: 1, a: 1 })).toBe(2);
  });

  it('of lists', async () => {
    for (const nameOnly of [1, 1.5, Long.ONE, 'true', {}])
      expect(await code({ listCollections: 1, nameOnly })).toBe(14);
    for (const cursor of [true, 1, 'text', []]) expect(await code({ listCollections: 1, cursor })).toBe(14);
    const db = mongo.client.db('listed');
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => db.createCollection(name)));
    const batch = async (batchSize: unknown) =>
      (await db.command({ listCollections: 1, cursor: { batchSize } })).cursor.firstBatch.length;
    const decimal = (text: string) => Decimal128.fromString(text);
    for (const none of [0, -0, 0.9, -0.5, Number.NaN, decimal('0.5'), decimal('-0.5')])
      expect(await batch(none)).toBe(0);
    for (const two of [2, 2.9, decimal('1.5'), decimal('2.5')]) expect(await batch(two)).toBe(2);
    for (const all of [Infinity, Long.MAX_VALUE, decimal('1E+6144')]) expect(await batch(all)).toBe(4);
    const named = async (filter: object) =>
      (await db.command({ listCollections: 1, nameOnly: true, filter })).cursor.firstBatch.length;
    expect([await named({ options: {} }), await named({ options: { $exists: false } })]).toEqual([0, 4]);
  });

  it('of indexes', async () => {
    const { collectionName: createIndexes } = await mongo.collection({ a: 1 });
    const indexes = (...specifications: object[]) => code({ createIndexes, indexes: specifications });
    const key = { a: 1 };
    expect(await indexes({ key, name: '' })).toBe(67);
    expect(await indexes({ key, name: 123 })).toBe(14);
    expect(await indexes({ key })).toBe(9);
    expect(await indexes({ key, name: 'x' }, { key, name: 'y' })).toBe(85);
    expect(await indexes({ key, name: 'x' }, { key: { b: 1 }, name: 'x' })).toBe(86);
    expect(await indexes({ key, name: 'x', collation: {} })).toBe(2);
    expect(await indexes({ key, name: 'x', wildcardProjection: { b: 1 } })).toBe(2);
    expect(await indexes({ key: { _id: -1 }, name: 'x' })).toBe(2);
    const fields = Object.fromEntries(Array.from({ length: 33 }, (_, at) => [`f${at}`, 1]));
    expect(await indexes({ key: fields, name: 'x' })).toBe(13_103);
    expect(await mongo.db.collection(createIndexes).indexes()).toHaveLength(1);
  });

  it('of validators', async () => {
    const validator = (properties: object) => code({ create: 'validated', validator: { $jsonSchema: { properties } } });
    expect(await validator({ a: { type: 'string', bsonType: 'string' } })).toBe(9);
    expect(await validator({ a: { type: 'integer' } })).toBe(9);
    for (const validationLevel of [1, true]) expect(await code({ create: 'validated', validationLevel })).toBe(14);
    for (const validationAction of ['', 'WARN']) expect(await code({ create: 'validated', validationAction })).toBe(2);
  });

  it('of explain', async () => {
    expect(await code({ explain: { insert: 'c', documents: [{}] } })).toBe(20);
    expect(await code({ explain: { unknown: 'c' } })).toBe(59);
    expect(await code({ explain: {} })).toBe(59);
    expect(await code({ explain: { find: 'c' }, verbosity: 1 })).toBe(14);
    for (const pipeline of [1, null, {}]) expect(await code({ explain: { aggregate: 'c', pipeline } })).toBe(14);
    expect(await mongo.db.command({ explain: { find: 'c' }, verbosity: null })).toHaveProperty('executionStats');
  });
});
