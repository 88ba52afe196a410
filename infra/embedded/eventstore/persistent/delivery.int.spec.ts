import {
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  streamNameFilter,
} from '@eventstore/db-client';
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
const consume = ({ bufferSize, ...options }: { bufferSize?: number; acks?: boolean } = {}) =>
  new RecordingConsumer(
    node.client.subscribeToPersistentSubscriptionToStream(stream, 'group', { bufferSize }),
    options,
  );
const info = () => node.client.getPersistentSubscriptionToStreamInfo(stream, 'group');
const inFlight = async (count: number) =>
  eventually(async () => (await info()).stats.totalInFlightMessages === count, `${count} in flight`);

describe('a consumer', () => {
  it('gets what there is and what comes, whole', async () => {
    await create();
    const [first, second] = events('A', 'B');
    await node.client.appendToStream(stream, { ...first!, metadata: { user: 'me' } });
    const consumer = consume({ acks: true });
    await consumer.hears(1);
    await node.client.appendToStream(stream, second!);
    await consumer.hears(2);
    const [{ event, link, retryCount, commitPosition }] = consumer.events as [(typeof consumer.events)[0]];
    const { id, type, data } = first!;
    expect(event).toMatchObject({
      id,
      type,
      data,
      metadata: { user: 'me' },
      streamId: stream,
      revision: 0n,
      isJson: true,
    });
    expect([link, retryCount]).toEqual([undefined, 0]);
    expect(commitPosition).toBe(event!.position!.commit);
    expect(consumer.revisions).toEqual([0, 1]);
    await consumer.leave();
  });

  it.each<[string, Parameters<typeof streamSettings>[0], string[]]>([
    ['the start', { startFrom: 'start' }, ['A', 'B', 'C', 'D']],
    ['the end', { startFrom: 'end' }, ['D']],
    ['a revision, which is included', { startFrom: 1n }, ['B', 'C', 'D']],
    ['a revision that is not there yet', { startFrom: 3n }, ['D']],
  ])('gets what there is from %s', async (_, changes, expected) => {
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    await create(changes);
    await node.client.appendToStream(stream, events('D'));
    const consumer = consume({ acks: true });
    await eventually(() => consumer.types.at(-1) === 'D', 'the last event');
    expect(consumer.types).toEqual(expected);
    await consumer.leave();
  });

  it('gets no more than its buffer holds before it acknowledges', async () => {
    await create();
    await node.client.appendToStream(stream, many(30));
    const consumer = consume({ bufferSize: 4 });
    await consumer.hears(4);
    await inFlight(4);
    expect(consumer.revisions).toEqual([0, 1, 2, 3]);
    await consumer.ack(...consumer.events.slice(0, 2));
    await consumer.hears(6);
    await inFlight(4);
    expect(consumer.revisions).toEqual([0, 1, 2, 3, 4, 5]);
    await consumer.leave();
  });

  it('that sends everything back once has each of its buffers full twice, however fast it answers', async () => {
    await create();
    await node.client.appendToStream(stream, many(40));
    const subscription = node.client.subscribeToPersistentSubscriptionToStream(stream, 'group', { bufferSize: 10 });
    const got: string[] = [];
    for await (const sent of subscription) {
      got.push(`${sent.event!.revision}+${sent.retryCount}`);
      if (got.length === 80) break;
      await (sent.retryCount === 0 ? subscription.nack('retry', 'once more', sent) : subscription.ack(sent));
    }
    const turns = (from: number) => [0, 1].flatMap((retry) => many(10).map((_, index) => `${from + index}+${retry}`));
    expect(got).toEqual([0, 10, 20, 30].flatMap(turns));
  });

  it('that never acknowledges does not make the server hold more than its buffers', async () => {
    await create({ historyBufferSize: 50, readBatchSize: 10, liveBufferSize: 20 });
    const consumer = consume({ bufferSize: 3 });
    await consumer.confirmed();
    for (let turn = 0; turn < 20; turn++) await node.client.appendToStream(stream, many(50));
    await eventually(async () => (await info()).status === 'Behind', 'falling behind');
    const { stats } = await info();
    expect(stats.readBufferCount).toBeLessThanOrEqual(50);
    expect(Number(stats.liveBufferCount)).toBeLessThanOrEqual(20);
    expect(stats.lastKnownEventRevision).toBe(999n);
    await consumer.ack(...consumer.events);
    await consumer.leave();
    const next = consume({ acks: true, bufferSize: 100 });
    await next.hears(997);
    expect(new Set([...consumer.revisions, ...next.revisions]).size).toBe(1000);
    await next.leave();
  });

  it('may acknowledge what it never had', async () => {
    await create();
    await node.client.appendToStream(stream, events('A', 'B'));
    const consumer = consume({ bufferSize: 1 });
    const first = await consumer.at(0);
    const { id } = events('elsewhere')[0]!;
    await consumer.ack({ ...first, event: { ...first.event!, id } } as typeof first, first, first);
    await consumer.hears(2);
    expect(consumer.types).toEqual(['A', 'B']);
    await consumer.leave();
  });

  it('gets links resolved if the group says so, and acknowledges the links', async () => {
    await create({ resolveLinkTos: true });
    await node.client.appendToStream(`${stream}-target`, events('Target'));
    const link = {
      ...events('$>')[0]!,
      contentType: 'application/octet-stream' as const,
      data: Buffer.from(`0@${stream}-target`),
    };
    await node.client.appendToStream(stream, [link as never, ...events('Plain')]);
    const consumer = consume({ acks: true, bufferSize: 1 });
    await consumer.hears(2);
    expect(consumer.types).toEqual(['Target', 'Plain']);
    expect(consumer.events[0]!.link).toMatchObject({ id: link.id, streamId: stream });
    await inFlight(0);
    await consumer.leave();
  });
});

describe('what a consumer does not handle', () => {
  it('comes again after the time-out, with the count of retries', async () => {
    await create({ messageTimeout: 300 });
    await node.client.appendToStream(stream, events('A'));
    const consumer = consume();
    await consumer.hears(3);
    expect(consumer.types).toEqual(['A', 'A', 'A']);
    expect(consumer.retries).toEqual([0, 1, 2]);
    await consumer.ack(consumer.events[0]!);
    await inFlight(0);
    await consumer.leave();
  });

  it('comes again after a nack, ahead of what is new', async () => {
    await create();
    await node.client.appendToStream(stream, events('A', 'B'));
    const consumer = consume({ bufferSize: 1 });
    await consumer.nack('retry', await consumer.at(0));
    await consumer.ack(await consumer.at(1));
    await consumer.hears(3);
    expect(consumer.types).toEqual(['A', 'A', 'B']);
    expect(consumer.retries).toEqual([0, 1, 0]);
    await consumer.leave();
  });

  it.each(['skip', 'stop'] as const)('is left out after the nack "%s"', async (refusal) => {
    await create();
    await node.client.appendToStream(stream, events('A', 'B'));
    const consumer = consume({ bufferSize: 1 });
    await consumer.nack(refusal, await consumer.at(0));
    await consumer.hears(2);
    expect(consumer.types).toEqual(['A', 'B']);
    expect((await info()).stats.parkedMessageCount).toBe(0n);
    await consumer.leave();
  });

  it('goes to another consumer when it leaves, as a retry', async () => {
    await create();
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    const first = consume({ bufferSize: 3 });
    await first.hears(3);
    await first.ack(first.events[1]!);
    await inFlight(2);
    await first.leave();
    const second = consume({ acks: true });
    await second.hears(2);
    expect(second.types).toEqual(['A', 'C']);
    expect(second.retries).toEqual([1, 1]);
    await second.leave();
  });
});

describe('several consumers', () => {
  const three = async (strategy: Parameters<typeof streamSettings>[0], bufferSize: number) => {
    await create(strategy);
    const consumers = [0, 1, 2].map(() => consume({ bufferSize }));
    for (const consumer of consumers) await consumer.confirmed();
    return consumers;
  };
  const counts = (consumers: RecordingConsumer[]) => consumers.map(({ events: { length } }) => length);
  const leave = (consumers: RecordingConsumer[]) => Promise.all(consumers.map((consumer) => consumer.leave()));
  const total = (consumers: RecordingConsumer[], count: number) =>
    eventually(() => counts(consumers).reduce((sum, each) => sum + each, 0) === count, `${count} events in all`);

  it('share the events evenly by round robin', async () => {
    const consumers = await three({ consumerStrategyName: 'RoundRobin' }, 50);
    await node.client.appendToStream(stream, many(30));
    await total(consumers, 30);
    expect(counts(consumers)).toEqual([10, 10, 10]);
    await leave(consumers);
  });

  it('leave it all to one of them by dispatching to a single one, while that has room', async () => {
    const consumers = await three({ consumerStrategyName: 'DispatchToSingle' }, 20);
    await node.client.appendToStream(stream, many(15));
    await total(consumers, 15);
    expect(counts(consumers).toSorted()).toEqual([0, 0, 15]);
    await node.client.appendToStream(stream, many(10));
    await total(consumers, 25);
    expect(counts(consumers).toSorted((one, other) => one - other)).toEqual([0, 5, 20]);
    await leave(consumers);
  });
});

describe('consumers of pinned events', () => {
  const streams = Array.from({ length: 12 }, (_, index) => `order-${index}`);
  const write = async (): Promise<void> => {
    for (const type of ['A', 'B'])
      for (const name of streams) await node.client.appendToStream(`${stream}-${name}`, events(type));
  };
  const consumeAll = async (strategy: Parameters<typeof allSettings>[0]) => {
    const filter = streamNameFilter({ prefixes: [`${stream}-`] });
    const settings = allSettings({ startFrom: 'start', ...strategy });
    await node.client.createPersistentSubscriptionToAll(stream, settings, { filter });
    const consumers = [0, 1].map(
      () => new RecordingConsumer(node.client.subscribeToPersistentSubscriptionToAll(stream, { bufferSize: 50 })),
    );
    for (const consumer of consumers) await consumer.confirmed();
    return consumers;
  };
  const heardBy = (consumers: RecordingConsumer[]) =>
    consumers.map((consumer) => new Set(consumer.events.map(({ event }) => event!.streamId)));

  it('each have their streams to themselves, and both have some', async () => {
    const consumers = await consumeAll({ consumerStrategyName: 'Pinned' });
    await write();
    await eventually(() => consumers[0]!.events.length + consumers[1]!.events.length === 24, 'every event');
    const [first, second] = heardBy(consumers) as [Set<string>, Set<string>];
    expect(first.size + second.size).toBe(streams.length);
    expect(Math.min(first.size, second.size)).toBeGreaterThan(0);
    for (const consumer of consumers) await consumer.leave();
  });
});

describe('a stream that is deleted', () => {
  it('for a while goes on with its next revisions', async () => {
    await create();
    const consumer = consume({ acks: true });
    await node.client.appendToStream(stream, events('A'));
    await consumer.hears(1);
    await node.client.deleteStream(stream);
    await node.client.appendToStream(stream, events('B'));
    await consumer.hears(2);
    expect(consumer.revisions).toEqual([0, 1]);
    await consumer.leave();
  });

  it('for ever ends the work of its groups with its tombstone', async () => {
    await create({ checkPointLowerBound: 1, checkPointUpperBound: 1 });
    const consumer = consume({ acks: true });
    await node.client.appendToStream(stream, events('A'));
    await consumer.hears(1);
    await node.client.tombstoneStream(stream);
    await consumer.hears(2);
    expect(consumer.types).toEqual(['A', '$streamDeleted']);
    await eventually(
      async () => (await info()).stats.lastCheckpointedEventRevision === 2n ** 63n - 1n,
      'the tombstone as checkpoint',
    );
    await node.client.restartPersistentSubscriptionSubsystem();
    await consumer.failed('persistent-subscription-dropped');
    await consume().failed('persistent-subscription-dropped');
    await node.client.deletePersistentSubscriptionToStream(stream, 'group');
    await create();
    await consume().failed('persistent-subscription-dropped');
  });
});
