import {
  jsonEvent,
  binaryEvent,
  type AppendToStreamOptions,
  type MaxAppendSizeExceededError,
  type WrongExpectedVersionError,
} from '@eventstore/db-client';
import { events, many, TestNode } from './testing/test-node.ts';
import { rejection } from './testing/waiting.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

/** The client uses the classic call when it is given credentials, which an insecure node ignores. */
describe.each<[string, AppendToStreamOptions]>([
  ['batch append', {}],
  ['classic append', { credentials: { username: 'admin', password: 'changeit' } }],
])('%s', (name, how) => {
  let stream: string;
  let number = 0;
  beforeEach(() => (stream = `${name}-${number++}`));

  const append = (what: Parameters<typeof node.client.appendToStream>[1], options: AppendToStreamOptions = {}) =>
    node.client.appendToStream(stream, what, { ...how, ...options });

  const conflict = (promise: Promise<unknown>) => rejection<WrongExpectedVersionError>(promise);

  it('numbers revisions from zero and positions upwards', async () => {
    const first = await append(events('A', 'B'));
    const second = await append(events('C'));
    expect(first.nextExpectedRevision).toBe(1n);
    expect(second.nextExpectedRevision).toBe(2n);
    expect(second.position!.commit).toBeGreaterThan(first.position!.commit);
    expect(second.position!.prepare).toBe(second.position!.commit);
    expect(first.position!.commit).toBeGreaterThan(0n);
  });

  it('gives back data, metadata, id and time as they were', async () => {
    const before = Date.now();
    const json = jsonEvent({ type: 'Json', data: { text: 'gül 円' }, metadata: { by: 'ann' } });
    const binary = binaryEvent({ type: 'Binary', data: Buffer.from([0, 255]), metadata: Buffer.from([1, 2]) });
    await append([json, binary]);
    const read = [];
    for await (const { event } of node.client.readStream(stream)) read.push(event!);
    expect(read[0]).toMatchObject({ id: json.id, isJson: true, data: { text: 'gül 円' }, metadata: { by: 'ann' } });
    expect(read[1]).toMatchObject({ id: binary.id, isJson: false, streamId: stream, revision: 1n });
    expect(Buffer.from(read[1]!.data as Uint8Array)).toEqual(Buffer.from([0, 255]));
    expect(Buffer.from(read[1]!.metadata as Uint8Array)).toEqual(Buffer.from([1, 2]));
    expect(read[0]!.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(read[0]!.created.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('refuses a wrong revision and says which one it is', async () => {
    await append(events('A', 'B'));
    const error = await conflict(append(events('C'), { expectedRevision: 0n }));
    expect(error).toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n, expectedVersion: 0n });
    expect(error.streamName).toBe(stream);
    expect(await node.typesOf(stream)).toEqual(['A', 'B']);
  });

  it('refuses a revision of a stream that does not exist', async () => {
    const error = await conflict(append(events('A'), { expectedRevision: 3n }));
    expect(error).toMatchObject({ actualVersion: 'no_stream', expectedVersion: 3n });
  });

  it('keeps the promise of no_stream', async () => {
    await append(events('A'), { expectedRevision: 'no_stream' });
    const error = await conflict(append(events('B'), { expectedRevision: 'no_stream' }));
    expect(error).toMatchObject({ actualVersion: 0n, expectedVersion: 'no_stream' });
  });

  it('keeps the promise of stream_exists', async () => {
    const error = await conflict(append(events('A'), { expectedRevision: 'stream_exists' }));
    expect(error).toMatchObject({ actualVersion: 'no_stream', expectedVersion: 'stream_exists' });
    await append(events('A'));
    await append(events('B'), { expectedRevision: 'stream_exists' });
    expect(await node.typesOf(stream)).toEqual(['A', 'B']);
  });

  it('takes a stream that has only metadata for one that exists', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 5 });
    expect((await append(events('A'), { expectedRevision: 'stream_exists' })).nextExpectedRevision).toBe(0n);
  });

  it('repeats the first answer when the same events come to the same place again', async () => {
    const batch = events('A', 'B');
    const first = await append(batch, { expectedRevision: 'no_stream' });
    await append(events('C'), { expectedRevision: 1n });
    const again = await append(batch, { expectedRevision: 'no_stream' });
    expect(again.nextExpectedRevision).toBe(1n);
    expect(again.position).toEqual(first.position);
    expect(await node.typesOf(stream)).toEqual(['A', 'B', 'C']);
  });

  it('repeats the first answer for a part of what is there', async () => {
    const batch = events('A', 'B', 'C');
    await append(batch, { expectedRevision: 'no_stream' });
    expect((await append(batch.slice(1, 2), { expectedRevision: 0n })).nextExpectedRevision).toBe(1n);
  });

  it('refuses old and new events mixed, and the same event at another place', async () => {
    const [a, b] = events('A', 'B');
    await append([a!, b!], { expectedRevision: 'no_stream' });
    await conflict(append([a!, ...events('X')], { expectedRevision: 'no_stream' }));
    await conflict(append([b!, a!], { expectedRevision: 'no_stream' }));
    await conflict(append([a!, b!, ...events('X')], { expectedRevision: 'no_stream' }));
    expect(await node.typesOf(stream)).toEqual(['A', 'B']);
  });

  it('writes an event again at the end if that is what its revision says', async () => {
    const [a] = events('A');
    await append(a!, { expectedRevision: 'no_stream' });
    expect((await append(a!, { expectedRevision: 0n })).nextExpectedRevision).toBe(1n);
  });

  it('recognises an event that is there twice by the place that it was written to first', async () => {
    const [a] = events('A');
    await append([a!, a!]);
    await node.client.appendToStream(`${stream}-other`, a!, { expectedRevision: 'no_stream' });
    expect((await append(a!)).nextExpectedRevision).toBe(0n);
    expect(await node.typesOf(stream)).toEqual(['A', 'A']);
  });

  it('recognises recent events where any revision will do', async () => {
    const batch = events('A', 'B');
    const first = await append(batch);
    await append(events('C'));
    const again = await append(batch);
    expect(again).toMatchObject({ nextExpectedRevision: 1n, position: first.position });
    await conflict(append([batch[0]!, ...events('X')]));
    expect(await node.typesOf(stream)).toEqual(['A', 'B', 'C']);
  });

  it('does not say where the first time went if that is hidden by now', async () => {
    const batch = events('A', 'B');
    await append(batch, { expectedRevision: 'no_stream' });
    await node.client.setStreamMetadata(stream, { truncateBefore: 2 });
    expect(await append(batch, { expectedRevision: 'no_stream' })).toEqual({ success: true, nextExpectedRevision: 1n });
    await node.client.deleteStream(stream);
    expect(await append(batch)).toEqual({ success: true, nextExpectedRevision: 1n });
  });

  it.each([
    ['no type', { type: '' }],
    ['an empty id', { id: '00000000-0000-0000-0000-000000000000' }],
  ])('refuses an event that has %s', async (_, changes) => {
    const error = await rejection(append(jsonEvent({ type: 'A', data: {}, ...changes })));
    expect(error.message).toMatch(/BadRequest|thrown by handler/);
    expect(await rejection(node.typesOf(stream))).toMatchObject({ type: 'stream-not-found' });
  });

  it('knows an event id by its stream: another stream may have the same', async () => {
    const [a] = events('A');
    await append(a!);
    expect((await node.client.appendToStream(`${stream}-other`, a!, how)).nextExpectedRevision).toBe(0n);
  });

  it('answers an append of no events', async () => {
    expect((await append([])).success).toBe(true);
    await append(events('A'));
    expect((await append([], { expectedRevision: 0n })).nextExpectedRevision).toBe(0n);
    await conflict(append([], { expectedRevision: 5n }));
  });

  it.each(['', '$$'])('refuses the stream "%s"', async (name) => {
    expect((await rejection(node.client.appendToStream(name, events('A'), how))).type).toBe('unknown');
  });

  it('refuses more than one mebibyte at once and writes nothing of it', async () => {
    const large = Array.from({ length: 2 }, () => jsonEvent({ type: 'Large', data: 'x'.repeat(600_000) }));
    const error = await rejection<MaxAppendSizeExceededError>(append(large));
    expect(error).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 });
    expect(await rejection(node.typesOf(stream))).toMatchObject({ type: 'stream-not-found' });
    expect((await append(large[0]!)).success).toBe(true);
  });

  it('refuses an event that comes in a part of its own beyond every limit', async () => {
    const error = await rejection(append(jsonEvent({ type: 'Huge', data: 'x'.repeat(5_000_000) })));
    expect(error.type).toBe('maximum-append-size-exceeded');
  });

  it('counts metadata, and the type as two bytes a character', async () => {
    const metadata = Buffer.alloc(500_000);
    const fits = binaryEvent({ type: 'x'.repeat(100), data: Buffer.alloc(1024 * 1024 - 500_200), metadata });
    const tooLarge = binaryEvent({ type: 'x'.repeat(101), data: Buffer.alloc(1024 * 1024 - 500_200), metadata });
    expect((await rejection(append(tooLarge))).type).toBe('maximum-append-size-exceeded');
    expect((await append(fits)).success).toBe(true);
  });

  it('assembles an append that comes in several parts', async () => {
    await append(many(50), { batchAppendSize: 500 });
    expect(await node.revisionsOf(stream)).toHaveLength(50);
  });

  it('keeps every one of many appends at once, in an order without gaps', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, index) => append(events(`E${index}`))));
    expect(await node.revisionsOf(stream)).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it('lets exactly one of many appends at the same revision win', async () => {
    await append(events('A'));
    const tries = Array.from({ length: 20 }, () => append(events('B'), { expectedRevision: 0n }));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await node.typesOf(stream)).toEqual(['A', 'B']);
  });

  it('refuses a tombstoned stream', async () => {
    await append(events('A'));
    await node.client.tombstoneStream(stream);
    expect(await rejection(append(events('B')))).toMatchObject({ type: 'stream-deleted', streamName: stream });
  });
});

describe('event ids', () => {
  it('are recognised again after a restart, with and without a revision', async () => {
    const batch = events('A', 'B');
    const first = await node.client.appendToStream('restarted', batch, { expectedRevision: 'no_stream' });
    await node.restart();
    for (const expectedRevision of ['no_stream', 'any'] as const) {
      const again = await node.client.appendToStream('restarted', batch, { expectedRevision });
      expect(again).toMatchObject({ nextExpectedRevision: 1n, position: first.position });
    }
    expect(await node.typesOf('restarted')).toEqual(['A', 'B']);
  });
});
