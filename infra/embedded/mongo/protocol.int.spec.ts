import { deserialize, serialize } from 'bson';
import { connect, type Socket } from 'node:net';
import { MongoClient } from 'mongodb';
import { refusal, useMongo } from './fixture.ts';
import { startMongo } from './index.ts';

const message = (body: object, { flags = 0, code = 2013, tail = Buffer.alloc(0), database = 'admin' } = {}): Buffer => {
  const document = serialize({ ...body, $db: database });
  const bytes = Buffer.alloc(16 + 4 + 1 + document.length + tail.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(77, 4);
  bytes.writeInt32LE(code, 12);
  bytes.writeInt32LE(flags, 16);
  bytes.set(document, 21);
  bytes.set(tail, 21 + document.length);
  return bytes;
};

describe('the protocol', () => {
  const mongo = useMongo();
  const open = (): Socket => connect(mongo.port, '127.0.0.1');

  /** What comes back until the connection ends, or until so many whole messages are there. */
  const answers = (socket: Socket, count: number): Promise<Buffer[]> =>
    new Promise((resolve) => {
      let held = Buffer.alloc(0);
      const messages: Buffer[] = [];
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(messages));
      socket.on('data', (chunk) => {
        held = Buffer.concat([held, chunk as Buffer]);
        while (held.length >= 4 && held.length >= held.readInt32LE(0)) {
          messages.push(held.subarray(0, held.readInt32LE(0)));
          held = held.subarray(held.readInt32LE(0));
        }
        if (messages.length >= count) {
          socket.destroy();
          resolve(messages);
        }
      });
    });

  it('answers messages that come in pieces, or several at once', async () => {
    const socket = open();
    const bytes = Buffer.concat([message({ ping: 1 }), message({ hello: 1 }), message({ ping: 1 })]);
    const answered = answers(socket, 3);
    for (const byte of bytes) socket.write(Buffer.from([byte]));
    const [first, second] = await answered;
    expect(first!.readInt32LE(8)).toBe(77);
    expect(deserialize(first!.subarray(21))).toEqual({ ok: 1 });
    expect(deserialize(second!.subarray(21))).toMatchObject({ isWritablePrimary: true });
  });

  it('takes a checksum, and answers nothing when more is to come', async () => {
    const socket = open();
    const answered = answers(socket, 1);
    socket.write(message({ isMaster: 1 }, { flags: 2 }));
    socket.write(message({ ping: 1 }, { flags: 1, tail: Buffer.from([1, 2, 3, 4]) }));
    expect(deserialize((await answered)[0]!.subarray(21))).toEqual({ ok: 1 });
  });

  it('answers the old way of saying hello, and no other old command', async () => {
    const query = (body: object): Buffer => {
      const head = Buffer.alloc(16 + 4);
      const rest = Buffer.concat([
        Buffer.from('admin.$cmd\0'),
        Buffer.alloc(4),
        Buffer.from([255, 255, 255, 255]),
        serialize(body),
      ]);
      head.writeInt32LE(head.length + rest.length, 0);
      head.writeInt32LE(5, 4);
      head.writeInt32LE(2004, 12);
      return Buffer.concat([head, rest]);
    };
    const socket = open();
    const answered = answers(socket, 2);
    socket.write(query({ isMaster: 1, helloOk: true }));
    socket.write(query({ ping: 1 }));
    const [hello, ping] = await answered;
    expect(hello!.readInt32LE(12)).toBe(1);
    expect(deserialize(hello!.subarray(36))).toMatchObject({ ismaster: true, helloOk: true, ok: 1 });
    expect(deserialize(ping!.subarray(36))).toMatchObject({ ok: 0, code: 352 });
  });

  const broken: [string, Buffer][] = [
    ['a length beyond 48 MB', Buffer.from([0, 0, 0, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a length below the header', Buffer.from([3, 0, 0, 0, 0, 0, 0, 0])],
    ['an unknown kind of message', message({ ping: 1 }, { code: 2012 })],
    ['unknown required flags', message({ ping: 1 }, { flags: 4 })],
    ['a document that is longer than the message', Buffer.from(message({ ping: 1 })).fill(0x7f, 21, 23)],
    [
      'a value that runs past its document',
      Buffer.from(message({ insert: 'c', documents: [{ a: 'text' }] })).fill(0x70, 62, 66),
    ],
    ['noise', Buffer.concat([Buffer.from([64, 0, 0, 0]), Buffer.alloc(60, 0xab)])],
  ];
  it.each(broken)('closes the connection, and no other, on %s', async (_name, bytes) => {
    const socket = open();
    const closed = answers(socket, Infinity);
    socket.write(bytes);
    expect(await closed).toEqual([]);
    expect(await mongo.db.command({ ping: 1 })).toEqual({ ok: 1 });
  });

  it('keeps answers whole for a client that is slow to read them', async () => {
    const numbers = Array.from({ length: 40 }, (_, _id) => _id);
    const collection = await mongo.collection(
      ...numbers.map((_id) => ({ _id, text: String.fromCharCode(65 + _id).repeat(300_000) })),
    );
    const socket = open().pause();
    const find = (_id: number) =>
      message({ find: collection.collectionName, filter: { _id } }, { database: collection.dbName });
    socket.write(Buffer.concat(numbers.map(find)));
    // The server has answered all of them, or as many as the way holds, once it answers somebody else.
    expect(await mongo.db.command({ ping: 1 })).toEqual({ ok: 1 });
    const received = await answers(socket.resume(), numbers.length);
    const texts = received.map((bytes) => deserialize(bytes.subarray(21)).cursor.firstBatch[0].text as string);
    expect(texts.map((text) => new Set(text).size)).toEqual(numbers.map(() => 1));
    expect(texts.map((text) => text[0])).toEqual(numbers.map((_id) => String.fromCharCode(65 + _id)));
  });

  it('survives a connection that ends in the middle of a message', async () => {
    const socket = open();
    await new Promise<void>((resolve) => socket.write(message({ ping: 1 }).subarray(0, 20), () => resolve()));
    socket.destroy();
    expect(await mongo.db.command({ ping: 1 })).toEqual({ ok: 1 });
  });

  it('never dies of a damaged message', async () => {
    const whole = message({
      update: 'c',
      updates: [{ q: { a: { $in: [1, 'x'] } }, u: { $set: { 'b.c': [1, { d: null }] } }, upsert: true }],
    });
    for (let at = 16; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = damaged[at]! ^ 0x5a;
      const socket = open();
      const answered = answers(socket, 1);
      socket.write(damaged);
      await answered;
    }
    expect(await mongo.db.command({ ping: 1 })).toEqual({ ok: 1 });
  });
});

describe('starting', () => {
  it('says clearly when the port is taken', async () => {
    const { port, close } = await startMongo({ port: 0 });
    expect(await refusal(startMongo({ port }))).toMatchObject({
      code: 'EADDRINUSE',
      message: `MongoDB cannot listen on 127.0.0.1:${port}: another program is listening there.`,
    });
    await close();
    const again = await startMongo({ port });
    expect(again.port).toBe(port);
    await again.close();
  });

  it('closes while clients are connected', async () => {
    const { port, close } = await startMongo({ port: 0 });
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}`, { serverSelectionTimeoutMS: 200 });
    await close();
    expect(await refusal(client.db().command({ ping: 1 }))).toBeDefined();
    await client.close();
  });
});
