import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2, constants, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EventStoreDBClient, binaryEvent } from '@eventstore/db-client';
import generatedGossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import generatedFeatures from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import generated from '@eventstore/db-client/generated/streams_grpc_pb.js';
import fc from 'fast-check';
import { endProcess, startProcess, type Ready } from './testing/server-process.ts';
import { events } from './testing/test-node.ts';
import { eventually } from './testing/waiting.ts';
import { encode, type MessageWriter } from './wire/writer.ts';

// In a process of its own, so that whatever would end a server ends it here, too, and not the test.
const dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-robust-'));
let server: Ready;
let client: EventStoreDBClient;
const sessions: ClientHttp2Session[] = [];
beforeAll(async () => {
  server = await startProcess(dataFolder);
  client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${server.port}?tls=false`);
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  expect((await client.appendToStream('alive', events('A'))).success).toBe(true);
});
afterAll(async () => {
  await client.dispose();
  await endProcess(server, 'SIGKILL');
  rmSync(dataFolder, { recursive: true, force: true });
});

const openSession = (): ClientHttp2Session => {
  const session = connectHttp2(`http://127.0.0.1:${server.port}`);
  session.on('error', () => {});
  sessions.push(session);
  return session;
};

const paths = [
  generated.StreamsService,
  generatedGossip.GossipService,
  generatedFeatures.ServerFeaturesService,
].flatMap((service) => Object.values(service).map(({ path }) => path));
const { read, append, batchAppend, delete: deletion } = generated.StreamsService;

const post = (path: string): OutgoingHttpHeaders => ({
  ':method': 'POST',
  ':path': path,
  'content-type': 'application/grpc',
  te: 'trailers',
});

/** A gRPC message as it travels. */
const framed = (message: Buffer, { isCompressed = false, length = message.length } = {}): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt8(isCompressed ? 1 : 0);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
};

/** Sends the bytes, closes its half, and waits for whatever the server makes of it. */
const answerTo = (headers: OutgoingHttpHeaders, body: Buffer, session = openSession()) =>
  new Promise<{ http?: number; grpc?: number }>((resolve) => {
    const answer: { http?: number; grpc?: number } = {};
    const request = session.request(headers, { endStream: false });
    const take = (received: Record<string, unknown>): void => {
      answer.http ??= received[':status'] as number;
      if (received['grpc-status'] !== undefined) answer.grpc = Number(received['grpc-status']);
    };
    request.on('response', take).on('trailers', take);
    request.on('error', () => {}).on('data', () => {});
    request.on('close', () => resolve(answer));
    request.end(body);
  });

const identifier = (writer: MessageWriter): void => void writer.message(1, (stream) => stream.text(3, 'fuzzed'));
const uuid = (writer: MessageWriter): void => void writer.text(2, '00000000-0000-4000-8000-000000000001');
const event = (writer: MessageWriter): void => {
  writer.message(1, uuid).bytes(4, Buffer.from('{}'));
  for (const [key, value] of Object.entries({ type: 'T', 'content-type': 'application/json' }))
    writer.message(2, (entry) => entry.text(1, key).text(2, value));
};
/** One proper request of each kind. */
const proper: [path: string, message: Buffer][] = [
  [
    read.path,
    encode((request) =>
      request.message(1, (options) => {
        options.message(1, (stream) => (identifier(stream), stream.message(3)));
        options.number(5, 10).message(9, (ids) => ids.message(2));
      }),
    ),
  ],
  [append.path, encode((request) => request.message(1, (options) => (identifier(options), options.message(4))))],
  [append.path, encode((request) => request.message(2, event))],
  [
    batchAppend.path,
    encode((request) =>
      request
        .message(1, uuid)
        .message(2, (options) => (identifier(options), options.message(4)))
        .message(3, event)
        .number(4, 1),
    ),
  ],
  [deletion.path, encode((request) => request.message(1, (options) => (identifier(options), options.message(4))))],
];

describe('a call that breaks the rules of gRPC', () => {
  it.each(paths)('and ends before it says anything is refused: %s', async (path) => {
    const { http, grpc } = await answerTo(post(path), Buffer.alloc(0));
    // An empty call may say nothing; every other one has to.
    if (path !== batchAppend.path) expect([http, grpc === 0]).toEqual([200, false]);
  });

  it.each(paths)('and ends in the middle of a message is answered: %s', async (path) => {
    const { http } = await answerTo(post(path), framed(Buffer.from([1, 2, 3]), { length: 1000 }));
    expect(http).toBe(200);
  });

  it.each<[string, OutgoingHttpHeaders, Buffer]>([
    ['claims to be compressed and is not', { 'grpc-encoding': 'gzip' }, Buffer.from('no gzip')],
    ['is compressed in an unknown way', { 'grpc-encoding': 'rot13' }, Buffer.from('abc')],
    ['unpacks to far too much', { 'grpc-encoding': 'gzip' }, gzipSync(Buffer.alloc(200 * 1024 * 1024))],
  ])('because it %s is refused', async (_, headers, message) => {
    const body = framed(message, { isCompressed: true });
    const { grpc } = await answerTo({ ...post(append.path), ...headers }, body);
    expect(grpc).toBeGreaterThan(0);
  });

  it.each<[string, OutgoingHttpHeaders]>([
    ['another kind of content', { ...post(read.path), 'content-type': 'text/plain' }],
    ['a deadline that is none', { ...post(read.path), 'grpc-timeout': 'soon' }],
    ['a path that leads nowhere', post('/')],
  ])('with %s is refused', async (_, headers) => {
    const { http, grpc } = await answerTo(headers, framed(proper[0]![1]));
    expect(http !== 200 || grpc! > 0).toBe(true);
  });

  it('with a length that it never reaches is not waited for by others', async () => {
    const request = openSession().request(post(append.path));
    request.on('error', () => {});
    request.write(framed(Buffer.alloc(100), { length: 1024 * 1024 }));
    expect((await client.appendToStream('others', events('A'))).success).toBe(true);
  });
});

describe('a message that is nearly right', () => {
  it.each(proper)('is answered or refused: %s', async (path, message) => {
    const session = openSession();
    const change = fc.record({ at: fc.nat(message.length - 1), to: fc.nat(255), cut: fc.nat(message.length) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const broken = Buffer.from(message);
        for (const { at, to } of changes) broken[at] = to;
        const isCut = changes.length === 1;
        const sent = isCut ? broken.subarray(0, changes[0]!.cut) : broken;
        const { http } = await endingAfter(200, (wanted) => answerTo(wanted, framed(sent), session), post(path));
        expect([200, undefined]).toContain(http);
      }),
      { numRuns: 150 },
    );
  });

  /** A changed bit can turn a read into a subscription, which does not end by itself. */
  const endingAfter = <T>(
    ms: number,
    ask: (headers: OutgoingHttpHeaders) => Promise<T>,
    headers: OutgoingHttpHeaders,
  ) => ask({ ...headers, 'grpc-timeout': `${ms}m` });
});

describe('a connection', () => {
  it.each<[string, Buffer | string]>([
    ['speaks another protocol', 'EHLO example.org\r\n'],
    ['begins well and goes on with garbage', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'\xff'.repeat(500)}`],
    ['says nothing and goes', ''],
  ])('that %s harms nobody', async (_, bytes) => {
    const socket = connectTcp(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {}).resume();
    socket.end(bytes);
    await closed;
  });

  it('that begins calls and resets them as fast as it can harms nobody', async () => {
    const session = openSession();
    for (let count = 0; count < 2000 && !session.destroyed; count++) {
      const request = session.request(post(batchAppend.path));
      request.on('error', () => {});
      request.write(framed(Buffer.from([1, 2, 3])));
      request.close(constants.NGHTTP2_CANCEL);
    }
    await eventually(async () => (await client.appendToStream('others', events('A'))).success, 'an answer');
  });
});

describe('readers that do not take what they asked for', () => {
  const residentMiB = (): number =>
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.process.pid)], { encoding: 'utf8' })) / 1024;

  const readAll = (how: (options: MessageWriter) => void): Buffer =>
    encode((request) =>
      request.message(1, (options) => {
        how(options.message(2, (all) => all.message(2)));
        options.message(9, (ids) => ids.message(2));
      }),
    );

  it.each<[string, (options: MessageWriter) => void]>([
    ['reading', (options) => options.number(5, 1_000_000)],
    ['subscribed', (options) => options.message(6)],
  ])('cost little memory: %s', async (_, how) => {
    const large = Buffer.alloc(1_000_000, 'x');
    const megabyte = () => binaryEvent({ id: randomUUID(), type: 'Large', data: large });
    for (let count = 0; count < 60; count++) await client.appendToStream('large', megabyte());
    const before = residentMiB();
    const answered = Array.from({ length: 40 }, () => {
      const request = openSession().request(post(read.path));
      request.on('error', () => {}).pause();
      request.end(framed(readAll(how)));
      return new Promise((resolve) => request.once('response', resolve));
    });
    await Promise.all(answered);
    for (let count = 0; count < 60; count++) await client.appendToStream('large', megabyte());
    // Each of them may hold a page and what is on its way, not the whole log, which is 60 MiB and more.
    expect(residentMiB() - before).toBeLessThan(40 * 12);
  });
});
