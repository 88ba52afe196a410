import {
  eventTypeFilter,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
} from '@eventstore/db-client';
import { events, TestNode } from '../testing/test-node.ts';
import { eventually, rejection } from '../testing/waiting.ts';
import { RecordingConsumer } from './testing/recording-consumer.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

let stream: string;
let number = 0;
beforeEach(() => (stream = `orders-${number++}`));

const create = (changes: Parameters<typeof streamSettings>[0] = {}, group = 'group') =>
  node.client.createPersistentSubscriptionToStream(stream, group, streamSettings({ startFrom: 'start', ...changes }));
const consume = (options = {}, group = 'group') =>
  new RecordingConsumer(node.client.subscribeToPersistentSubscriptionToStream(stream, group, options));

describe('a group', () => {
  it('may be made before its stream, and is told of by its settings', async () => {
    const settings = streamSettings({
      startFrom: 3n,
      resolveLinkTos: true,
      extraStatistics: true,
      messageTimeout: 7000,
      maxRetryCount: 3,
      checkPointAfter: 900,
      checkPointLowerBound: 4,
      checkPointUpperBound: 44,
      maxSubscriberCount: 5,
      liveBufferSize: 60,
      readBatchSize: 11,
      historyBufferSize: 70,
      consumerStrategyName: 'Pinned',
    });
    await node.client.createPersistentSubscriptionToStream(stream, 'group', settings);
    const info = await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group');
    expect(info).toMatchObject({ eventSource: stream, groupName: 'group', status: 'Live', connections: [], settings });
    expect(info.stats).toMatchObject({
      totalItems: 0n,
      parkedMessageCount: 0n,
      lastCheckpointedEventRevision: undefined,
      lastKnownEventRevision: undefined,
    });
  });

  it.each(['start', 'end'] as const)('tells that it began at the %s', async (startFrom) => {
    await create({ startFrom });
    const { settings } = await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group');
    expect(settings.startFrom).toBe(startFrom);
    const name = `all-${stream}`;
    await node.client.createPersistentSubscriptionToAll(name, allSettings({ startFrom }));
    const onAll = await node.client.getPersistentSubscriptionToAllInfo(name);
    expect(onAll).toMatchObject({ eventSource: '$all', groupName: name, settings: { startFrom } });
  });

  it('cannot be made twice', async () => {
    await create();
    const error = await rejection(create());
    expect(error).toMatchObject({ type: 'persistent-subscription-exists', streamName: stream, groupName: 'group' });
    await create({}, 'another');
  });

  it.each([
    [
      'its buffer does not hold what a read brings',
      { historyBufferSize: 20, readBatchSize: 20 },
      'greater than or equal',
    ],
    ['its live buffer holds nothing', { liveBufferSize: 0 }, 'at least one'],
    ['a read brings nothing', { readBatchSize: 0 }, 'at least one'],
  ])('is refused if %s', async (_, changes, why) => {
    const error = await rejection(create(changes));
    expect(error).toMatchObject({ type: 'persistent-subscription-failed', streamName: stream, groupName: 'group' });
    expect(error.message).toContain(why);
  });

  it('is refused if its filter is no regular expression', async () => {
    const filter = eventTypeFilter({ regex: '(' });
    const error = await rejection(node.client.createPersistentSubscriptionToAll(stream, allSettings(), { filter }));
    expect(error.message).toMatch(/Exception was thrown by handler/);
  });

  it('is refused if it begins beyond the end of the log', async () => {
    const startFrom = { commit: 1_000_000n, prepare: 1_000_000n };
    const error = await rejection(node.client.createPersistentSubscriptionToAll(stream, allSettings({ startFrom })));
    expect(error).toMatchObject({ type: 'persistent-subscription-failed', streamName: '$all', groupName: stream });
  });

  it('that is deleted is gone, and its consumers are told', async () => {
    await create();
    const consumer = consume();
    await consumer.confirmed();
    await node.client.deletePersistentSubscriptionToStream(stream, 'group');
    await consumer.failed('persistent-subscription-dropped');
    expect(consumer.error).toMatchObject({ streamName: stream, groupName: 'group' });
    const info = node.client.getPersistentSubscriptionToStreamInfo(stream, 'group');
    expect(await rejection(info)).toMatchObject({ type: 'persistent-subscription-does-not-exist' });
    await create();
  });

  it('that does not exist is missed by whoever asks for it', async () => {
    const { client } = node;
    const missing = [
      client.deletePersistentSubscriptionToStream(stream, 'group'),
      client.getPersistentSubscriptionToStreamInfo(stream, 'group'),
      client.updatePersistentSubscriptionToStream(stream, 'group', streamSettings()),
      client.replayParkedMessagesToStream(stream, 'group'),
      client.deletePersistentSubscriptionToAll(stream),
      client.getPersistentSubscriptionToAllInfo(stream),
      client.updatePersistentSubscriptionToAll(stream, allSettings()),
      client.replayParkedMessagesToAll(stream),
    ];
    for (const promise of missing)
      expect(await rejection(promise)).toMatchObject({ type: 'persistent-subscription-does-not-exist' });
    const consumer = consume();
    await consumer.failed('persistent-subscription-does-not-exist');
    expect(consumer.error).toMatchObject({ streamName: stream, groupName: 'group' });
  });

  it('that is updated drops its consumers, and goes on with its new settings and the old filter', async () => {
    const filter = eventTypeFilter({ prefixes: [`${stream}-`] });
    await node.client.createPersistentSubscriptionToAll(stream, allSettings({ startFrom: 'start' }), { filter });
    const subscribe = () => new RecordingConsumer(node.client.subscribeToPersistentSubscriptionToAll(stream));
    const before = subscribe();
    await before.confirmed();
    const settings = allSettings({
      startFrom: 'start',
      messageTimeout: 1234,
      consumerStrategyName: 'DispatchToSingle',
    });
    await node.client.updatePersistentSubscriptionToAll(stream, settings);
    await before.failed('persistent-subscription-dropped');
    const info = await node.client.getPersistentSubscriptionToAllInfo(stream);
    expect(info.settings).toMatchObject(settings);
    const after = subscribe();
    await node.client.appendToStream(stream, events('no', `${stream}-yes`));
    await after.hears(1);
    expect(after.types).toEqual([`${stream}-yes`]);
    await after.leave();
  });

  it('takes no more subscribers than it may have', async () => {
    await create({ maxSubscriberCount: 1 });
    const first = consume();
    await first.confirmed();
    const second = consume();
    await second.failed('maximum-subscribers-reached');
    expect(second.error).toMatchObject({ streamName: stream, groupName: 'group' });
    await first.leave();
    const connections = async () =>
      (await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group')).connections.length;
    await eventually(async () => (await connections()) === 0, 'a free place');
    const third = consume();
    await third.confirmed();
    await third.leave();
  });
});

describe('the list of groups', () => {
  it('has those of a stream, those of everything, and all', async () => {
    await create({}, 'one');
    await create({}, 'two');
    await node.client.createPersistentSubscriptionToAll(stream, allSettings());
    const names = (list: { groupName: string }[]) => list.map(({ groupName }) => groupName);
    expect(names(await node.client.listPersistentSubscriptionsToStream(stream))).toEqual(['one', 'two']);
    expect(names(await node.client.listPersistentSubscriptionsToAll())).toContain(stream);
    expect(names(await node.client.listPersistentSubscriptionsToAll())).not.toContain('one');
    const all = await node.client.listAllPersistentSubscriptions();
    expect(names(all.filter(({ eventSource }) => eventSource === stream))).toEqual(['one', 'two']);
    expect(names(all)).toContain(stream);
  });

  it('of a stream that has none says so', async () => {
    const error = await rejection(node.client.listPersistentSubscriptionsToStream(stream));
    expect(error).toMatchObject({ type: 'persistent-subscription-does-not-exist', streamName: stream });
  });
});

describe('what is told of a group at work', () => {
  it('counts what is with whom and what waits', async () => {
    await create({ extraStatistics: true });
    await node.client.appendToStream(stream, events('A', 'B', 'C', 'D', 'E'));
    const consumer = consume({ bufferSize: 3 });
    await consumer.ack(await consumer.at(0));
    await consumer.hears(4);
    const info = await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group');
    expect(info.stats).toMatchObject({
      totalItems: 4n,
      countSinceLastMeasurement: 4n,
      totalInFlightMessages: 3,
      outstandingMessagesCount: 3,
      retryBufferCount: 0,
      lastKnownEventRevision: 4n,
    });
    expect(info.stats).toMatchObject({ readBufferCount: 1, liveBufferCount: 5n });
    expect(info.connections).toHaveLength(1);
    const [connection] = info.connections;
    expect(connection).toMatchObject({ totalItems: 4n, inFlightMessages: 3, availableSlots: 0, username: 'system' });
    expect(connection!.from).toBe('');
    expect([...connection!.extraStatistics!.keys()]).toEqual(
      expect.arrayContaining(['mean', 'median', 'fastest', 'quintile 1', '90%', '99.9%', 'highest']),
    );
    await consumer.leave();
  });

  it('tells events that waited in the log from those that came since', async () => {
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    await create({ liveBufferSize: 1 });
    const stats = async () => (await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group')).stats;
    await eventually(async () => (await stats()).readBufferCount === 3, 'the events of the log');
    expect((await stats()).liveBufferCount).toBe(0n);
    await node.client.appendToStream(stream, events('D', 'E'));
    await eventually(async () => (await stats()).readBufferCount === 5, 'the live events');
    expect((await stats()).liveBufferCount).toBe(1n);
  });
});

describe('a group that begins again', () => {
  const bounds = { checkPointLowerBound: 2, checkPointUpperBound: 2 };
  it.each<[string, () => Promise<void>]>([
    [
      'with other settings',
      () => {
        const settings = streamSettings({ ...bounds, startFrom: 'end', maxRetryCount: 9 });
        return node.client.updatePersistentSubscriptionToStream(stream, 'group', settings);
      },
    ],
    ['with the subsystem', () => node.client.restartPersistentSubscriptionSubsystem()],
  ])('%s goes on after its checkpoint', async (_, beginAgain) => {
    await create(bounds);
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    const before = consume();
    await before.hears(3);
    await before.ack(...before.events.slice(0, 2));
    const stats = async () => (await node.client.getPersistentSubscriptionToStreamInfo(stream, 'group')).stats;
    await eventually(async () => (await stats()).lastCheckpointedEventRevision === 1n, 'a checkpoint');
    await beginAgain();
    const after = consume();
    await after.hears(1);
    expect(after.types).toEqual(['C']);
    await after.leave();
  });
});

describe('the restart of the subsystem', () => {
  it('drops the consumers and keeps the groups', async () => {
    await create();
    const consumer = consume();
    await consumer.confirmed();
    await node.client.restartPersistentSubscriptionSubsystem();
    await consumer.failed('persistent-subscription-dropped');
    await node.client.appendToStream(stream, events('A'));
    const next = consume();
    await next.hears(1);
    await next.leave();
  });
});
