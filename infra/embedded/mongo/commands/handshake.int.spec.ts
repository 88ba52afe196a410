import { Long } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('the handshake', () => {
  const mongo = useMongo();

  it('shows a standalone server of a recent version', async () => {
    const hello = await mongo.db.command({ hello: 1 });
    expect(hello).toMatchObject({
      isWritablePrimary: true,
      maxWireVersion: 25,
      logicalSessionTimeoutMinutes: 30,
      ok: 1,
    });
    expect(hello.setName).toBeUndefined();
    expect(await mongo.db.admin().buildInfo()).toMatchObject({ version: expect.stringMatching(/^8\./) });
  });

  it('answers what a shell asks on connecting', async () => {
    const admin = mongo.client.db('admin');
    const asked = [
      { ping: 1 },
      { connectionStatus: 1 },
      { getParameter: 1, featureCompatibilityVersion: 1 },
      { getLog: 'startupWarnings' },
      { getCmdLineOpts: 1 },
      { hostInfo: 1 },
      { serverStatus: 1 },
      { isMaster: 1 },
      { whatsmyuri: 1 },
      { startSession: 1 },
      { refreshSessions: [] },
    ];
    for (const command of asked) expect((await admin.command(command)).ok).toBe(1);
  });

  it('refuses a command it does not know as the server does', async () => {
    expect(await refusal(mongo.db.command({ atlasVersion: 1 }))).toMatchObject({
      code: 59,
      codeName: 'CommandNotFound',
      message: "no such command: 'atlasVersion'",
    });
  });

  it('takes sessions, and refuses transactions', async () => {
    const collection = await mongo.collection({ _id: 1 });
    const session = mongo.client.startSession();
    expect(await collection.findOne({ _id: 1 }, { session })).toEqual({ _id: 1 });
    session.startTransaction();
    // The driver's words for the server's "Transaction numbers are only allowed on a replica set member or mongos".
    const { message } = await refusal(collection.insertOne({ _id: 2 }, { session }));
    expect(message).toMatch(/does not support retryable writes/);
    await session.abortTransaction();
    await session.endSession();
    expect(await collection.countDocuments()).toBe(1);
  });

  it('refuses transaction numbers as a standalone server does', async () => {
    const command = { insert: 'c', documents: [{ _id: 1 }], txnNumber: Long.fromNumber(1), autocommit: false };
    expect(await refusal(mongo.client.db('other').command(command))).toMatchObject({ code: 20 });
    expect((await mongo.client.db().admin().listDatabases()).databases.map(({ name }) => name)).not.toContain('other');
  });

  it('refuses change streams', async () => {
    const stream = (await mongo.collection()).watch();
    expect(await refusal(stream.next())).toMatchObject({ code: 40573 });
    await stream.close();
  });

  it('takes a write concern, and writes that want no answer', async () => {
    const collection = await mongo.collection();
    await collection.insertOne({ _id: 1 }, { writeConcern: { w: 'majority', journal: true } });
    await collection.insertOne({ _id: 2 }, { writeConcern: { w: 0 } });
    const deadline = Date.now() + 5_000;
    while ((await collection.countDocuments()) < 2 && Date.now() < deadline);
    expect(await collection.countDocuments()).toBe(2);
  });
});
