import { refusal, useMongo } from '../fixture.ts';

describe('commands for the upkeep', () => {
  const mongo = useMongo();
  const code = async (command: object) => (await refusal(mongo.db.command(command))).code;
  const rows = () => mongo.collection(...[1, 2, 3].map((_id) => ({ _id, text: 'x'.repeat(2_000) })));

  it('tell how much there is', async () => {
    const { namespace } = await rows();
    expect(await mongo.db.command({ dataSize: namespace })).toMatchObject({ numObjects: 3, size: 3 * 2_025 });
    expect(await mongo.db.command({ dataSize: 'test.nowhere' })).toMatchObject({ numObjects: 0, size: 0 });
    expect(await code({ dataSize: 'nowhere' })).toBe(73);
    expect(await code({ dataSize: 'nowhere.' })).toBe(73);
  });

  it('cap a collection, or a copy of it, to what fits', async () => {
    const collection = await rows();
    const { collectionName: from } = collection;
    await mongo.db.command({ cloneCollectionAsCapped: from, toCollection: `${from}copy`, size: 4_096 });
    expect(await mongo.db.collection(`${from}copy`).distinct('_id')).toEqual([2, 3]);
    expect(await code({ cloneCollectionAsCapped: from, toCollection: `${from}copy`, size: 4_096 })).toBe(48);
    expect(await collection.countDocuments()).toBe(3);
    await collection.createIndex({ text: 1 });
    await mongo.db.command({ convertToCapped: from, size: 4_096 });
    expect(await collection.distinct('_id')).toEqual([2, 3]);
    expect(await collection.isCapped()).toBe(true);
    expect(await collection.indexes()).toHaveLength(1);
    expect(await code({ convertToCapped: from })).toBe(40414);
    expect(await code({ convertToCapped: from, size: 0 })).toBe(72);
    expect(await code({ convertToCapped: 'nowhere', size: 5 })).toBe(26);
  });

  it('have nothing to do where nothing lies on a disk', async () => {
    const { collectionName } = await rows();
    expect(await mongo.db.command({ compact: collectionName })).toMatchObject({ bytesFreed: 0 });
    expect(await mongo.db.command({ planCacheClear: collectionName })).toMatchObject({ ok: 1 });
    expect(await code({ planCacheClear: collectionName, sort: { a: 1 } })).toBe(2);
    expect(await mongo.db.admin().command({ fsync: 1 })).toMatchObject({ numFiles: 1 });
    expect(await mongo.db.admin().command({ killOp: 1, op: 5 })).toMatchObject({ info: 'attempting to kill op' });
    const asked = await refusal(mongo.db.admin().command({ getDefaultRWConcern: 1 }));
    expect(asked).toMatchObject({ code: 51300 });
  });
});

describe('what a collection and its indexes cannot be', () => {
  const mongo = useMongo();
  const index = { key: { a: 1 }, name: 'a' };
  const refused: [command: object, code: number][] = [
    [{ createIndexes: 'x', indexes: [{ key: 1, name: 'a' }] }, 14],
    [{ createIndexes: 'x', indexes: [{ ...index, name: '*' }] }, 2],
    [{ createIndexes: 'x', indexes: [{ ...index, unique: 'text' }] }, 14],
    [{ createIndexes: 'x', indexes: [{ ...index, expireAfterSeconds: 2 ** 31 }] }, 67],
    [{ createIndexes: 'x', indexes: [{ ...index, partialFilterExpression: { a: { $nope: 1 } } }] }, 2],
    [{ createIndexes: 'x', indexes: [{ ...index, v: 'text' }] }, 14],
    [{ createIndexes: 'x', indexes: [{ ...index, v: 3 }] }, 67],
    [{ dropIndexes: 'there' }, 40414],
    [{ dropIndexes: 'there', index: 1 }, 14],
    [{ dropIndexes: 'there', index: [1] }, 14],
    [{ create: 'x', viewOn: '' }, 2],
    [{ create: 'x', viewOn: 'y', capped: true, size: 4_096 }, 72],
    [{ create: 'x'.repeat(251) }, 73],
    [{ create: 'x', expireAfterSeconds: 5 }, 72],
    [{ create: 'x', idIndex: { key: { a: 1 }, name: '_id_' } }, 2],
    [{ create: 'x', collation: { locale: 'nowhere' } }, 2],
    [{ dropDatabase: 2 }, 5255100],
  ];
  it.each(refused)('is refused by the code of the server: %j', async (command, code) => {
    await mongo.db.createCollection('there');
    expect((await refusal(mongo.db.command(command))).code).toBe(code);
  });

  it('is renamed over another only on a plain word', async () => {
    const [from, to] = [await mongo.collection({ a: 1 }), await mongo.collection({ a: 1 })];
    const rename = { renameCollection: from.namespace, to: to.namespace, dropTarget: 'text' };
    expect(await refusal(mongo.db.admin().command(rename))).toMatchObject({ code: 14 });
  });

  it('may say the simple collation', async () => {
    expect(await mongo.db.command({ create: 'simple', collation: { locale: 'simple' } })).toMatchObject({ ok: 1 });
  });
});
