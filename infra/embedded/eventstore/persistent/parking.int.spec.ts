import { persistentSubscriptionToStreamSettingsFromDefaults as streamSettings } from '@eventstore/db-client';
import { events, many, TestNode } from '../testing/test-node.ts';
import { eventually } from '../testing/waiting.ts';
import { RecordingConsumer } from './testing/recording-consumer.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

let stream: string;
let number = 0;
beforeEach(() => (stream = `orders-${number++}`));

const create = (changes: Parameters<typeof streamSettings>[0] = {}) =>
  node.client.createPersistentSubscriptionToStream(stream, 'group', streamSettings({ startFrom: 'start', ...changes }));
const consume = ({ bufferSize, ...options }: { acks?: boolean; bufferSize?: number } = {}) =>
  new RecordingConsumer(
    node.client.subscribeToPersistentSubscriptionToStream(stream, 'group', { bufferSize }),
    options,
  );
const parkedCount = async () =>
  Number((await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group')).stats.parkedMessageCount);
const parked = (count: number) => eventually(async () => (await parkedCount()) === count, `${count} parked events`);
const parkedStream = () => `$persistentsubscription-${stream}::group-parked`;

/** A group of which these events are parked. */
const parkAll = async (...types: string[]): Promise<void> => {
  await create();
  await node.client.appendToStream(stream, events(...types));
  const consumer = consume();
  await consumer.hears(types.length);
  await consumer.nack('park', ...consumer.events);
  await parked(types.length);
  await consumer.leave();
};

describe('a parked event', () => {
  it('is a link in a stream of its own, with the reason', async () => {
    await parkAll('A', 'B');
    const links = [];
    for await (const { event } of node.client.readStream(parkedStream())) links.push(event!);
    expect(links.map(({ type }) => type)).toEqual(['$>', '$>']);
    expect(links.map(({ data }) => Buffer.from(data as Uint8Array).toString())).toEqual([`0@${stream}`, `1@${stream}`]);
    expect(links[1]!.metadata).toMatchObject({
      reason: expect.stringContaining('because'),
      subscriptionEventNumber: 1,
    });
    const resolved: string[] = [];
    for await (const { event } of node.client.readStream(parkedStream(), { resolveLinkTos: true }))
      resolved.push(event!.type);
    expect(resolved).toEqual(['A', 'B']);
  });

  it('was tried often enough', async () => {
    await create({ maxRetryCount: 2 });
    await node.client.appendToStream(stream, events('A', 'B'));
    const consumer = consume();
    await consumer.ack(await consumer.at(1));
    await consumer.nack('retry', await consumer.at(0));
    await consumer.nack('retry', await consumer.at(2));
    await consumer.nack('retry', await consumer.at(3));
    await parked(1);
    expect(consumer.types).toEqual(['A', 'B', 'A', 'A']);
    expect(consumer.retries).toEqual([0, 0, 1, 2]);
    await consumer.leave();
  });

  it('was acknowledged too late too often', async () => {
    await create({ maxRetryCount: 1, messageTimeout: 200 });
    await node.client.appendToStream(stream, events('A'));
    const consumer = consume();
    await parked(1);
    expect(consumer.retries).toEqual([0, 1]);
    await consumer.leave();
  });

  it('is gone with its group', async () => {
    await parkAll('A');
    await node.client.deletePersistentSubscriptionToStream(stream, 'group');
    await create();
    expect(await parkedCount()).toBe(0);
    const consumer = consume();
    await consumer.nack('park', await consumer.at(0));
    await parked(1);
    await consumer.leave();
  });
});

describe('the replay of parked events', () => {
  it('sends the events with their links, and then they are not parked any more', async () => {
    await parkAll('A', 'B', 'C');
    const consumer = consume({ acks: true });
    await consumer.confirmed();
    await node.client.replayParkedMessagesToStream(stream, 'group');
    await consumer.hears(3);
    expect(consumer.types).toEqual(['A', 'B', 'C']);
    expect(consumer.retries).toEqual([0, 0, 0]);
    expect(consumer.events.map(({ event }) => event!.streamId)).toEqual([stream, stream, stream]);
    expect(consumer.events.map(({ link }) => link!.streamId)).toEqual(Array(3).fill(parkedStream()));
    await parked(0);
    await node.client.replayParkedMessagesToStream(stream, 'group');
    await node.client.appendToStream(stream, events('D'));
    await consumer.hears(4);
    expect(consumer.types).toEqual(['A', 'B', 'C', 'D']);
    await consumer.leave();
  });

  it('stops at the revision of the parked stream that is asked for, and goes on another time', async () => {
    await parkAll('A', 'B', 'C');
    const consumer = consume({ acks: true });
    const replay = (stopAt: number) => node.client.replayParkedMessagesToStream(stream, 'group', { stopAt });
    await replay(2);
    await parked(1);
    await consumer.hears(2);
    await replay(2);
    await node.client.appendToStream(stream, events('D'));
    await consumer.hears(3);
    await replay(3);
    await consumer.hears(4);
    expect(consumer.types).toEqual(['A', 'B', 'D', 'C']);
    await consumer.leave();
  });

  it('does not wait for the clock', async () => {
    await create({ readBatchSize: 2 });
    await node.client.appendToStream(stream, many(100));
    const consumer = consume({ bufferSize: 100 });
    await consumer.hears(100);
    await consumer.nack('park', ...consumer.events);
    await parked(100);
    await node.client.replayParkedMessagesToStream(stream, 'group');
    await consumer.hears(200);
    await consumer.leave();
  });

  it('sends nothing twice when it is asked for twice', async () => {
    await parkAll('A', 'B');
    const consumer = consume();
    await node.client.replayParkedMessagesToStream(stream, 'group');
    await consumer.hears(2);
    await node.client.replayParkedMessagesToStream(stream, 'group');
    await node.client.appendToStream(stream, events('C'));
    await consumer.hears(3);
    await consumer.ack(...consumer.events);
    await node.client.appendToStream(stream, events('D'));
    await consumer.hears(4);
    expect(consumer.types).toEqual(['A', 'B', 'C', 'D']);
    await consumer.leave();
  });

  it('may end with the event parked once more', async () => {
    await parkAll('A', 'B');
    const consumer = consume();
    await node.client.replayParkedMessagesToStream(stream, 'group');
    await consumer.ack(await consumer.at(0));
    await consumer.nack('park', await consumer.at(1));
    await parked(1);
    const left = async () => {
      const types: string[] = [];
      for await (const { event } of node.client.readStream(parkedStream(), { resolveLinkTos: true }))
        types.push(event!.type);
      return types.join();
    };
    await eventually(async () => (await left()) === 'B', 'only what was parked again');
    await consumer.leave();
  });

  it('leaves out what is gone', async () => {
    await parkAll('A', 'B');
    await node.client.setStreamMetadata(stream, { truncateBefore: 1 });
    await node.client.replayParkedMessagesToStream(stream, 'group');
    const consumer = consume({ acks: true });
    await consumer.hears(1);
    expect(consumer.types).toEqual(['B']);
    await parked(0);
    await consumer.leave();
  });

  it('is begun again if the server ends before the events are handled', async () => {
    await parkAll('A', 'B');
    await node.client.replayParkedMessagesToStream(stream, 'group');
    const consumer = consume();
    await consumer.ack(await consumer.at(0));
    await consumer.hears(2);
    await node.restart();
    await parked(2);
    await node.client.replayParkedMessagesToStream(stream, 'group');
    const next = consume({ acks: true });
    await next.hears(2);
    await parked(0);
    await next.leave();
  });
});
