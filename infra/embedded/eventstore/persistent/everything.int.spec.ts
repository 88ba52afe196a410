import {
  eventTypeFilter,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type Filter,
  type PersistentSubscriptionToAllSettings,
} from '@eventstore/db-client';
import { events, many, TestNode } from '../testing/test-node.ts';
import { eventually } from '../testing/waiting.ts';
import { RecordingConsumer } from './testing/recording-consumer.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

let name: string;
let number = 0;
beforeEach(() => (name = `case-${number++}`));

const create = (changes: Partial<PersistentSubscriptionToAllSettings> = {}, filter?: Filter) =>
  node.client.createPersistentSubscriptionToAll(name, allSettings({ startFrom: 'start', ...changes }), { filter });
const consume = ({ acks = true } = {}) =>
  new RecordingConsumer(node.client.subscribeToPersistentSubscriptionToAll(name, { bufferSize: 100 }), { acks });
const info = () => node.client.getPersistentSubscriptionToAllInfo(name);
const append = (stream: string, ...types: string[]) =>
  node.client.appendToStream(`${name}-${stream}`, events(...types));
/** What is not the server's own. */
const given = (consumer: RecordingConsumer) => consumer.types.filter((type) => !type.startsWith('$'));
const last = (consumer: RecordingConsumer) => eventually(() => consumer.types.at(-1) === 'Last', 'the last event');

describe('a group on everything', () => {
  it('begins at the start', async () => {
    await create();
    await append('a', 'Last');
    const consumer = consume();
    await eventually(() => consumer.events.at(-1)?.event?.streamId === `${name}-a`, 'the last event');
    expect(Number(consumer.events[0]!.event!.position!.commit)).toBe(1);
    expect((await info()).stats.lastKnownEventPosition).toEqual(consumer.events.at(-1)!.event!.position);
    await consumer.leave();
  });

  it('begins at the end, which is just before it is written that it is there', async () => {
    await append('a', 'Before');
    await create({ startFrom: 'end' });
    await append('a', 'After', 'Last');
    const consumer = consume();
    await last(consumer);
    expect(consumer.types.filter((type) => type !== '$metadata')).toEqual(['$PersistentConfig', 'After', 'Last']);
    await consumer.leave();
  });

  it('begins at a position, which is included', async () => {
    await append('a', 'Before');
    const { position } = await append('a', 'At');
    await create({ startFrom: position! });
    await append('b', 'Last');
    expect((await info()).settings.startFrom).toEqual(position);
    const consumer = consume();
    await last(consumer);
    expect(given(consumer)).toEqual(['At', 'Last']);
    await consumer.leave();
  });

  it('knows of the end of the log though it has no room for it', async () => {
    await create({ startFrom: 'end', historyBufferSize: 21, readBatchSize: 20 });
    const { position } = await node.client.appendToStream(`${name}-a`, many(100));
    const { status, stats } = await info();
    expect([status, stats.lastKnownEventPosition]).toEqual(['Behind', position]);
    expect(stats.readBufferCount).toBeLessThan(22);
  });

  it('does not feed on what it parks itself', async () => {
    await create({ startFrom: 'end', resolveLinkTos: true });
    await append('a', 'Bad');
    const consumer = consume({ acks: false });
    await eventually(() => consumer.types.at(-1) === 'Bad', 'the bad event');
    await consumer.nack('park', consumer.events.at(-1)!);
    await eventually(async () => (await info()).stats.parkedMessageCount === 1n, 'one parked event');
    await append('a', 'Last');
    await last(consumer);
    expect(given(consumer)).toEqual(['Bad', 'Last']);
    expect(consumer.types).not.toContain('$>');
    await consumer.leave();
  });
});

describe('what a group on everything puts aside', () => {
  const parkedStream = () => `$persistentsubscription-$all::${name}-parked`;
  const streams = async (read: AsyncIterable<AllStreamResolvedEvent>) => {
    const found = new Set<string>();
    for await (const { event } of read) found.add(event!.streamId);
    return [...found].filter((stream) => stream.includes(name));
  };

  beforeEach(async () => {
    await create({ startFrom: 'end' }, streamNameFilter({ prefixes: [name] }));
    await append('bad', 'Bad');
    const consumer = consume({ acks: false });
    await consumer.nack('park', await consumer.at(0));
    await eventually(async () => (await info()).stats.parkedMessageCount === 1n, 'one parked event');
    await consumer.leave();
    await append('good', 'Last');
  });

  it.each(['while it runs', 'after a restart'])('is shown to those who read its stream alone %s', async (when) => {
    if (when === 'after a restart') await node.restart();
    expect(await node.typesOf(parkedStream())).toEqual(['$>']);
    const { client } = node;
    expect(await streams(client.readAll())).toEqual([`${name}-bad`, `${name}-good`]);
    const newest = client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 2 });
    expect(await streams(newest)).toEqual([`${name}-good`, `${name}-bad`]);
  });

  it.each(['while it runs', 'after a restart'])('is not heard by who subscribes to everything %s', async (when) => {
    if (when === 'after a restart') await node.restart();
    const heard: string[] = [];
    const subscription = node.client.subscribeToAll();
    subscription.on('data', ({ event }) => void heard.push(event!.streamId));
    await eventually(() => heard.at(-1) === `${name}-good`, 'the last event');
    expect(heard).not.toContain(parkedStream());
    await subscription.unsubscribe();
  });

  it('is not given to other groups', async () => {
    const [parked, other] = [parkedStream(), `${name}-other`];
    await node.client.createPersistentSubscriptionToAll(other, allSettings({ startFrom: 'start' }));
    const all = node.client.subscribeToPersistentSubscriptionToAll(other, { bufferSize: 100 });
    const consumer = new RecordingConsumer(all, { acks: true });
    await append('late', 'Last');
    await eventually(() => consumer.events.at(-1)?.event?.streamId === `${name}-late`, 'the last event');
    expect(consumer.events.map(({ event }) => event!.streamId)).not.toContain(parked);
    await consumer.leave();
  });
});

describe('a group with a filter', () => {
  it.each<[string, (name: string) => Filter, string[]]>([
    [
      'prefixes of stream names',
      (of) => streamNameFilter({ prefixes: [`${of}-red`, `${of}-x`] }),
      ['A', 'B', 'A2', 'Last'],
    ],
    [
      'a regular expression on stream names',
      (of) => streamNameFilter({ regex: `^${of}-(green|x)$` }),
      ['C', 'C2', 'Last'],
    ],
    ['prefixes of event types', () => eventTypeFilter({ prefixes: ['A', 'Last'] }), ['A', 'A2', 'Last']],
    [
      'a regular expression on event types',
      () => eventTypeFilter({ regex: '^[BC].?$|^Last$' }),
      ['B', 'C', 'C2', 'Last'],
    ],
  ])('takes %s, of what there is and of what comes', async (_, filter, expected) => {
    const { position } = await append('first', 'Nothing');
    await append('red', 'A', 'B');
    await append('green', 'C');
    await create({ startFrom: position! }, filter(name));
    const consumer = consume();
    await consumer.confirmed();
    await append('red', 'A2');
    await append('green', 'C2');
    await append('x', 'Last');
    await last(consumer);
    expect(consumer.types).toEqual(expected);
    await consumer.leave();
  });

  it('is still in force after a restart', async () => {
    await create({ startFrom: 'end' }, streamNameFilter({ prefixes: [`${name}-red`] }));
    await node.restart();
    await append('green', 'A');
    await append('red', 'Last');
    const consumer = consume();
    await last(consumer);
    expect(consumer.types).toEqual(['Last']);
    await consumer.leave();
  });

  it('gets on over what it does not let through', async () => {
    await create({ startFrom: 'end', checkPointUpperBound: 50 }, streamNameFilter({ prefixes: ['never-'] }));
    for (let turn = 0; turn < 7; turn++) await node.client.appendToStream(`${name}-a`, many(500));
    const { position } = await node.client.appendToStream(`${name}-a`, many(500));
    const checkpoint = async () => Number((await info()).stats.lastCheckpointedEventPosition?.commit ?? 0);
    await eventually(async () => (await checkpoint()) > Number(position!.commit) - 50, 'a checkpoint');
  });
});
