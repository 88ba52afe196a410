import { Double, Long } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('what a shell asks', () => {
  const mongo = useMongo();
  const admin = (command: object) => mongo.client.db('admin').command(command);

  it('is answered, or refused in the words of a standalone server', async () => {
    const asked = [{ listCommands: 1 }, { currentOp: 1 }, { usersInfo: 1 }, { rolesInfo: 1 }, { logout: 1 }];
    for (const command of asked) expect((await admin(command)).ok).toBe(1);
    expect(await refusal(admin({ replSetGetStatus: 1 }))).toMatchObject({ code: 76, codeName: 'NoReplicationEnabled' });
    expect(await mongo.db.profilingLevel()).toBe('off');
    const { commands } = await admin({ listCommands: 1 });
    expect(commands.find).toMatchObject({ adminOnly: false, apiVersions: ['1'], deprecatedApiVersions: [] });
    expect(commands.listDatabases).toMatchObject({ adminOnly: true });
    expect((await admin({ whatsmyuri: 1 })).you).toMatch(/^127\.0\.0\.1:\d{2,}$/);
  });

  it('is refused what it asks wrongly', async () => {
    const code = async (command: object) => (await refusal(admin(command))).code;
    expect(await refusal(admin({ getLog: 'rs' }))).toMatchObject({ code: 96, message: 'no RamLog named: rs' });
    expect(await code({ getLog: 1 })).toBe(14);
    expect(await code({ getLog: null })).toBe(40414);
    expect(await code({ connectionStatus: 1, showPrivileges: 'yes' })).toBe(14);
    for (const command of [{ ping: 1 }, { hostInfo: 1 }, { getLog: '*' }, { connectionStatus: 1 }])
      expect(await code({ ...command, unknown: 1 })).toBe(40415);
  });

  it('learns of the machine, of its rights, and of itself', async () => {
    const { system, os } = await admin({ hostInfo: 1 });
    expect(system.numCores).toBeGreaterThan(0);
    expect(system.memSizeMB).toBeGreaterThanOrEqual(system.memLimitMB);
    expect(system).toMatchObject({ cpuArch: expect.any(String), numaEnabled: false });
    expect(os).toMatchObject({ type: expect.any(String), name: expect.any(String), version: expect.any(String) });
    const { authInfo } = await admin({ connectionStatus: 1, showPrivileges: 1 });
    expect(authInfo.authenticatedUserPrivileges).toEqual([]);
    expect((await admin({ connectionStatus: 1 })).authInfo).not.toHaveProperty('authenticatedUserPrivileges');
    expect((await admin({ currentOp: 1, $all: true })).inprog).toMatchObject([{ command: { currentOp: 1 } }]);
    expect((await admin({ currentOp: 1, op: 'query' })).inprog).toEqual([]);
  });

  it('tells what happened so far', async () => {
    const before = await admin({ serverStatus: 1 });
    await mongo.collection({ a: 1 });
    const after = await admin({ serverStatus: 1 });
    expect(after.opcounters.insert).toBe(before.opcounters.insert + 1);
    expect(after.connections.current).toBeGreaterThan(0);
  });

  it('refuses sizes in units that are none, whether the collection is there or not', async () => {
    const refused = async ($collStats: unknown) =>
      (
        await refusal(
          mongo.db
            .collection('nowhere')
            .aggregate([{ $collStats } as never])
            .toArray(),
        )
      ).code;
    expect(await refused({ storageStats: { scale: 0 } })).toBe(2);
    expect(await refused({ storageStats: { scale: -1 } })).toBe(2);
    expect(await refused({ storageStats: { scale: 'text' } })).toBe(14);
    expect(await refused({ storageStats: 1 })).toBe(14);
    expect(await refused({ nope: {} })).toBe(40415);
    expect(await refused(1)).toBe(5447000);
    expect(await refused({ storageStats: {} })).toBe(26);
    expect(await refusal(mongo.db.command({ collStats: 'nowhere', scale: 0.5 }))).toMatchObject({ code: 2 });
  });

  it('tells the sizes of a collection', async () => {
    const collection = await mongo.collection({ _id: 1, a: 'x'.repeat(5_000) });
    const [statistics] = await collection
      .aggregate([{ $collStats: { storageStats: { scale: 1_024 }, count: {} } }])
      .toArray();
    expect(statistics).toMatchObject({ ns: collection.namespace, count: 1, storageStats: { size: 4, count: 1 } });
    expect(await mongo.db.stats({ scale: 1_024 })).toMatchObject({ scaleFactor: 1_024 });
    const capped = await mongo.client.db('sized').createCollection('capped', { capped: true, size: 8_192 });
    const { storageStats } = (await capped.aggregate([{ $collStats: { storageStats: { scale: 1_024 } } }]).next())!;
    expect(storageStats).toMatchObject({ capped: true, maxSize: 8, indexDetails: {}, indexSizes: { _id_: 0 } });
    const unknown = { collStats: 'nowhere', scale: 2 };
    expect(await mongo.db.command(unknown)).toMatchObject({
      ns: 'test.nowhere',
      count: 0,
      nindexes: 0,
      scaleFactor: 2,
    });
    const latencies = collection.aggregate([{ $collStats: { latencyStats: {} } }]).toArray();
    expect(await refusal(latencies)).toMatchObject({ code: 238 });
  });

  it('tells the sizes of a database in the types of the server', async () => {
    const db = mongo.client.db('sized');
    await db.collection<{ _id: number }>('some').insertMany([{ _id: 1 }, { _id: 2 }]);
    const statistics = await db.command({ dbStats: 1, scale: 4, freeStorage: 1 }, { promoteValues: false });
    expect(statistics).toMatchObject({
      objects: Long.fromNumber(2),
      views: Long.fromNumber(0),
      avgObjSize: new Double(14),
      dataSize: new Double(7),
      totalFreeStorageSize: new Double(0),
      scaleFactor: Long.fromNumber(4),
    });
    expect(await db.command({ dbStats: 1 })).not.toHaveProperty('freeStorageSize');
    expect(await refusal(db.command({ dbStats: 1, unknown: 1 }))).toMatchObject({ code: 40415 });
  });

  it('does not find what a collection holds that is not there', async () => {
    const cause = 'PlanExecutor error during aggregation :: caused by :: Unable to retrieve';
    for (const part of ['storageStats', 'count']) {
      const asked = mongo.db.collection('nowhere').aggregate([{ $collStats: { [part]: {} } }]);
      expect(await refusal(asked.toArray())).toMatchObject({
        code: 26,
        message: `${cause} ${part} in $collStats stage :: caused by :: Collection [test.nowhere] not found.`,
      });
    }
  });

  it('tells how often each index was used', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 }, { _id: 2, a: 2 });
    await collection.createIndex({ a: 1 });
    await collection.find({ a: 1 }).toArray();
    await collection.find({ a: { $gt: 1 } }).toArray();
    await collection.findOne({ _id: 1 });
    const used = await collection.aggregate([{ $indexStats: {} }]).toArray();
    expect(used.map(({ name, accesses }) => [name, Number(accesses.ops)])).toEqual([
      ['_id_', 1],
      ['a_1', 2],
    ]);
  });

  it('hides an index and shows it again, and changes when documents expire', async () => {
    const collection = await mongo.collection({ a: 1, at: new Date() });
    const { collectionName: collMod } = collection;
    await collection.createIndex({ a: 1 });
    await collection.createIndex({ at: 1 }, { expireAfterSeconds: 10 });
    const stage = async () => (await collection.find({ a: 1 }).explain('queryPlanner')).queryPlanner.winningPlan.stage;
    expect(await stage()).toBe('FETCH');
    const hide = (hidden: boolean) => mongo.db.command({ collMod, index: { name: 'a_1', hidden } });
    expect(await hide(true)).toMatchObject({ hidden_old: false, hidden_new: true });
    expect(await stage()).toBe('COLLSCAN');
    expect(await refusal(collection.find({}).hint('a_1').toArray())).toMatchObject({ code: 2 });
    await hide(false);
    expect(await stage()).toBe('FETCH');
    const later = { keyPattern: { at: 1 }, expireAfterSeconds: 20 };
    expect(await mongo.db.command({ collMod, index: later })).toMatchObject({ expireAfterSeconds_old: 10 });
    expect(await collection.indexes()).toContainEqual({ v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 20 });
    expect(await refusal(mongo.db.command({ collMod, index: { name: 'x', hidden: true } }))).toMatchObject({
      code: 27,
    });
  });
});
