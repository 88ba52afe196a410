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
const consume = (options: { acks?: boolean; bufferSize?: number } = {}) =>
  new RecordingConsumer(
    node.client.subscribeToPersistentSubscriptionToStream(stream, 'group', { bufferSize: options.bufferSize ?? 100 }),
    options,
  );
const info = () => node.client.getPersistentSubscriptionToStreamInfo(stream, 'group');
const checkpoint = (revision: bigint) =>
  eventually(async () => (await info()).stats.lastCheckpointedEventRevision === revision, `checkpoint ${revision}`);

describe('after a restart of the server', () => {
  it('a group has its settings, and goes on after its checkpoint', async () => {
    await create({ checkPointUpperBound: 10, checkPointLowerBound: 5, checkPointAfter: 100, messageTimeout: 4321 });
    await node.client.appendToStream(stream, many(20));
    const consumer = consume();
    await consumer.hears(20);
    await consumer.ack(...consumer.events.slice(0, 10));
    await checkpoint(9n);
    await node.restart();
    expect((await info()).settings.messageTimeout).toBe(4321);
    expect((await info()).stats.lastCheckpointedEventRevision).toBe(9n);
    const next = consume();
    await next.hears(10);
    expect(next.revisions).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    await next.leave();
  });

  it('a group sends again what is not below its checkpoint, though acknowledged', async () => {
    await create({ checkPointUpperBound: 5, checkPointLowerBound: 5 });
    await node.client.appendToStream(stream, many(8));
    const consumer = consume();
    await consumer.hears(8);
    await consumer.ack(...consumer.events.slice(1, 7));
    await eventually(async () => (await info()).stats.totalInFlightMessages === 2, 'two in flight');
    expect((await info()).stats.lastCheckpointedEventRevision).toBeUndefined();
    await node.restart();
    const next = consume();
    await next.hears(8);
    expect(next.revisions).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await next.leave();
  });

  it('a group that began at the end has lost nothing of what came since', async () => {
    await node.client.appendToStream(stream, events('Before'));
    await create({ startFrom: 'end' });
    await node.client.appendToStream(stream, events('A'));
    await node.restart();
    await node.client.appendToStream(stream, events('B'));
    const consumer = consume({ acks: true });
    await consumer.hears(2);
    expect(consumer.types).toEqual(['A', 'B']);
    await consumer.leave();
  });

  it('a deleted group stays deleted', async () => {
    await create();
    await node.client.deletePersistentSubscriptionToStream(stream, 'group');
    await node.restart();
    await consume().failed('persistent-subscription-does-not-exist');
  });

  it('consumers have been told that the server was not available', async () => {
    await create();
    const consumer = consume();
    await consumer.confirmed();
    await node.stopServer();
    await consumer.failed('unavailable');
    await node.restart();
  });
});

describe('a checkpoint', () => {
  it('is written by the clock when enough is acknowledged, not for each event', async () => {
    await create({ checkPointLowerBound: 3, checkPointUpperBound: 1000, checkPointAfter: 300 });
    await node.client.appendToStream(stream, many(4));
    const consumer = consume({ acks: true });
    await checkpoint(3n);
    await node.client.appendToStream(stream, many(2));
    await consumer.hears(6);
    await node.client.appendToStream(stream, many(1));
    await checkpoint(6n);
    await consumer.leave();
  });
});
