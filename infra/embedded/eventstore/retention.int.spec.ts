import {
  binaryEvent,
  jsonEvent,
  type AllStreamResolvedEvent,
  type StreamDeletedError,
  type WrongExpectedVersionError,
} from '@eventstore/db-client';
import { events, TestNode } from './testing/test-node.ts';
import { eventually, rejection } from './testing/waiting.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

let stream: string;
let number = 0;
beforeEach(async () => {
  stream = `kept-${number++}`;
  await node.client.appendToStream(stream, events('A', 'B', 'C', 'D'));
});

/** Metadata with numbers as they are written, which the client's own call would round. */
const describeBy = (data: object) =>
  node.client.appendToStream(`$$${stream}`, jsonEvent({ type: '$metadata', data: data as Record<string, never> }));
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

const inAll = async (): Promise<AllStreamResolvedEvent[]> => {
  const read = [];
  for await (const event of node.client.readAll()) if (event.event?.streamId === stream) read.push(event);
  return read;
};

describe('the metadata of a stream', () => {
  it('is given back as it was set', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 9, team: 'east' });
    const { metadata } = await node.client.getStreamMetadata<{ team: string }>(stream);
    expect(metadata).toEqual({ maxCount: 9, team: 'east' });
  });

  it('is absent where none was set', async () => {
    expect(await node.client.getStreamMetadata(stream)).toEqual({ streamName: stream });
  });

  it('counts with its last event only', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 1 });
    await node.client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await node.typesOf(stream)).toEqual(['C', 'D']);
    expect(await node.revisionsOf(`$$${stream}`)).toEqual([1]);
  });

  it('is kept to its expected revision', async () => {
    await node.client.setStreamMetadata(stream, {}, { expectedRevision: 'no_stream' });
    const again = node.client.setStreamMetadata(stream, {}, { expectedRevision: 'no_stream' });
    expect((await rejection(again)).type).toBe('wrong-expected-version');
  });

  it('hides all but the last $maxCount events at once, in both directions', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await node.typesOf(stream)).toEqual(['C', 'D']);
    expect(await node.typesOf(stream, { direction: 'backwards', fromRevision: 'end' })).toEqual(['D', 'C']);
    await node.client.appendToStream(stream, events('E'));
    expect(await node.typesOf(stream, { fromRevision: 1n })).toEqual(['D', 'E']);
  });

  it('hides what is before $tb', async () => {
    await node.client.setStreamMetadata(stream, { truncateBefore: 3 });
    expect(await node.revisionsOf(stream)).toEqual([3]);
    expect(await node.revisionsOf(stream, { direction: 'backwards', fromRevision: 2n })).toEqual([]);
    await node.client.setStreamMetadata(stream, { truncateBefore: 50 });
    expect(await node.revisionsOf(stream)).toEqual([]);
  });

  it('hides what is older than $maxAge seconds, and only then', async () => {
    await node.client.setStreamMetadata(stream, { maxAge: 1 });
    expect(await node.typesOf(stream)).toHaveLength(4);
    await eventually(async () => (await node.typesOf(stream)).length === 0, 'old events are hidden');
    await node.client.appendToStream(stream, events('E'));
    expect(await node.typesOf(stream)).toEqual(['E']);
    expect(await node.typesOf(stream, { direction: 'backwards', fromRevision: 'end' })).toEqual(['E']);
  });

  it('only empties the stream where $tb is large, unless it is the largest number there is', async () => {
    await describeBy({ $tb: Number.MAX_SAFE_INTEGER });
    expect(await node.typesOf(stream)).toEqual([]);
    await describeBy({ $tb: rawJSON('9223372036854775807') });
    expect((await rejection(node.typesOf(stream))).type).toBe('stream-not-found');
  });

  it('may have any integer of 64 bits where one is due', async () => {
    await describeBy({ $tb: 3, $cacheControl: rawJSON('-9223372036854775808') });
    expect(await node.typesOf(stream)).toEqual(['D']);
  });

  it.each([
    ['one of its own fields is not as it should be', { $tb: 3, $maxCount: '2' }],
    ['a number is no integer', { $tb: 2.5 }],
    ['a number is too large', { $tb: rawJSON('9223372036854775808') }],
    ['it is no object', [{ $tb: 3 }]],
  ])('hides nothing where %s', async (_, data) => {
    await describeBy(data);
    expect(await node.typesOf(stream)).toHaveLength(4);
  });

  it('hides nothing where it is not said to be JSON', async () => {
    const data = Buffer.from('{"$tb":3}');
    await node.client.appendToStream(`$$${stream}`, binaryEvent({ type: '$metadata', data }));
    expect(await node.typesOf(stream)).toHaveLength(4);
  });

  it('counts no longer once its own stream is tombstoned', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 1 });
    await node.client.tombstoneStream(`$$${stream}`);
    expect(await node.typesOf(stream)).toHaveLength(4);
    expect((await rejection(node.client.setStreamMetadata(stream, {}))).type).toBe('stream-deleted');
  });

  it('hides nothing from those who read everything', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 1, truncateBefore: 3 });
    expect(await inAll()).toHaveLength(4);
  });

  it('still counts after a restart', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 1 });
    await node.restart();
    expect(await node.typesOf(stream)).toEqual(['D']);
  });
});

describe('a soft-deleted stream', () => {
  it('reads as not found, while everything still shows its events', async () => {
    await node.client.deleteStream(stream);
    expect((await rejection(node.typesOf(stream))).type).toBe('stream-not-found');
    expect(await inAll()).toHaveLength(4);
  });

  it.each(['any', 'no_stream', 3n] as const)('may be written again expecting %s, and goes on', async (expected) => {
    await node.client.deleteStream(stream);
    const { nextExpectedRevision } = await node.client.appendToStream(stream, events('E'), {
      expectedRevision: expected,
    });
    expect(nextExpectedRevision).toBe(4n);
    expect(await node.revisionsOf(stream)).toEqual([4]);
    expect((await node.client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 4 });
  });

  it('is written again before it says from where on it counts', async () => {
    await node.client.deleteStream(stream);
    const { position } = await node.client.appendToStream(stream, events('E', 'F'));
    const types = [];
    for await (const { event } of node.client.readAll({ fromPosition: position! })) types.push(event!.type);
    expect(types).toEqual(['F', '$metadata']);
  });

  it('is taken for deleted by those who expect it to exist', async () => {
    await node.client.deleteStream(stream);
    const refused = node.client.appendToStream(stream, events('E'), { expectedRevision: 'stream_exists' });
    expect((await rejection(refused)).type).toBe('stream-deleted');
  });

  it('comes back empty when its metadata is written', async () => {
    await node.client.deleteStream(stream);
    await node.client.setStreamMetadata(stream, { maxCount: 7 });
    expect(await node.revisionsOf(stream)).toEqual([]);
    await node.client.appendToStream(stream, events('E'));
    expect(await node.revisionsOf(stream)).toEqual([4]);
    expect((await node.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 7, truncateBefore: 4 });
  });

  it('comes back whole when what is written for its metadata is none', async () => {
    await node.client.deleteStream(stream);
    await node.client.appendToStream(`$$${stream}`, binaryEvent({ type: '$metadata', data: Buffer.alloc(8) }));
    expect(await node.revisionsOf(stream)).toEqual([0, 1, 2, 3]);
    expect(await node.revisionsOf(`$$${stream}`)).toEqual([1]);
  });

  it('comes back empty when no events are appended to it', async () => {
    await node.client.deleteStream(stream);
    await node.client.appendToStream(stream, []);
    expect(await node.revisionsOf(stream)).toEqual([]);
  });

  it('loses the metadata that it had', async () => {
    await node.client.setStreamMetadata(stream, { maxCount: 7 });
    await node.client.deleteStream(stream);
    await node.client.appendToStream(stream, events('E'));
    expect((await node.client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 4 });
  });

  it('is deleted only at the expected revision', async () => {
    const error = await rejection<WrongExpectedVersionError>(
      node.client.deleteStream(stream, { expectedRevision: 1n }),
    );
    expect(error).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 1n, actualVersion: 3n });
    expect((await node.client.deleteStream(stream, { expectedRevision: 3n })).position).toBeDefined();
  });

  it('must have had events or metadata', async () => {
    expect((await rejection(node.client.deleteStream('never'))).type).toBe('wrong-expected-version');
    await node.client.setStreamMetadata('never', { maxCount: 1 });
    await node.client.deleteStream('never');
  });

  it('stays deleted after a restart', async () => {
    await node.client.deleteStream(stream);
    await node.restart();
    expect((await rejection(node.typesOf(stream))).type).toBe('stream-not-found');
    expect((await node.client.appendToStream(stream, events('E'))).nextExpectedRevision).toBe(4n);
  });
});

describe('a tombstoned stream', () => {
  const deleted = (promise: Promise<unknown>) => rejection<StreamDeletedError>(promise);

  it('can neither be read, written, described nor deleted again', async () => {
    await node.client.tombstoneStream(stream, { expectedRevision: 3n });
    const attempts = [
      () => node.typesOf(stream),
      () => node.client.appendToStream(stream, events('E')),
      () => node.client.setStreamMetadata(stream, {}),
      () => node.client.deleteStream(stream),
      () => node.client.tombstoneStream(stream),
    ];
    for (const attempt of attempts) expect((await deleted(attempt())).type).toBe('stream-deleted');
  });

  it('shows its end to those who read everything', async () => {
    await node.client.tombstoneStream(stream);
    const last = (await inAll()).at(-1)!.event!;
    expect(last).toMatchObject({ type: '$streamDeleted', revision: 9223372036854775807n });
  });

  it('need not have existed', async () => {
    await node.client.tombstoneStream('unborn', { expectedRevision: 'no_stream' });
    expect(await deleted(node.typesOf('unborn'))).toMatchObject({ type: 'stream-deleted', streamName: 'unborn' });
  });

  it('is refused at a wrong revision', async () => {
    const error = await rejection(node.client.tombstoneStream(stream, { expectedRevision: 'no_stream' }));
    expect(error.type).toBe('wrong-expected-version');
  });

  it('stays so after a restart', async () => {
    await node.client.tombstoneStream(stream);
    await node.restart();
    expect((await deleted(node.client.appendToStream(stream, events('E')))).type).toBe('stream-deleted');
  });

  it('is named in errors even where its name is not ASCII', async () => {
    await node.client.tombstoneStream('流', { expectedRevision: 'no_stream' });
    expect((await deleted(node.typesOf('流'))).streamName).toBe(encodeURIComponent('流'));
  });
});
