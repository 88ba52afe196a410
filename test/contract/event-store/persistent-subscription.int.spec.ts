import {
  PARK,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  RETRY,
  SKIP,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { Consumer } from '../support/consumer.ts';
import { useEventStore } from '../support/event-store.ts';
import { events, numbered, numbers, typesOf } from '../support/events.ts';
import { eventually, refusal } from '../support/waiting.ts';

const store = useEventStore();
const group = 'contract';
let stream: string;
beforeEach(() => (stream = store.stream('shared')));
afterEach(() => store.client.deletePersistentSubscriptionToStream(stream, group).catch(() => undefined));

const append = (...types: string[]) => store.client.appendToStream(stream, events(...types));
const create = (changes: Parameters<typeof streamSettings>[0] = {}) =>
  store.client.createPersistentSubscriptionToStream(stream, group, streamSettings({ startFrom: START, ...changes }));
const consume = ({ bufferSize = 10, acks = true } = {}) =>
  new Consumer(store.client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize }), { acks });
const stats = async () => (await store.client.getPersistentSubscriptionToStreamInfo(stream, group)).stats;
const nothingIsOut = () => eventually('everything is settled', async () => (await stats()).totalInFlightMessages === 0);
const parked = (count: number) =>
  eventually(`${count} parked events`, async () => Number((await stats()).parkedMessageCount) === count);
const parkedTypes = () =>
  typesOf(store.client.readStream(`$persistentsubscription-${stream}::${group}-parked`, { resolveLinkTos: true }));

describe('a group', () => {
  it.each([
    ['the start', START, ['A', 'B', 'C', 'D']],
    ['the end', 'end', ['D']],
    ['a revision, that one included', 1n, ['B', 'C', 'D']],
  ] as const)('begins at %s', async (_, startFrom, expected) => {
    await append('A', 'B', 'C');
    await create({ startFrom });
    const consumer = consume();
    await consumer.confirmed();
    await append('D');
    await consumer.at(expected.length - 1);
    expect(consumer.types).toEqual(expected);
    expect(consumer.retries).toEqual(expected.map(() => 0));
    await consumer.leaves();
  });

  it('is made once, and must be there', async () => {
    const missing = 'persistent-subscription-does-not-exist';
    const remove = () => store.client.deletePersistentSubscriptionToStream(stream, group);
    expect((await refusal(remove())).type).toBe(missing);
    const nobody = consume();
    await nobody.fails();
    expect(nobody.error?.type).toBe(missing);
    await create();
    expect((await refusal(create())).type).toBe('persistent-subscription-exists');
    await remove();
    expect((await refusal(remove())).type).toBe(missing);
  });

  it('that is deleted drops its consumers', async () => {
    await create();
    const consumer = consume();
    await consumer.confirmed();
    await store.client.deletePersistentSubscriptionToStream(stream, group);
    await consumer.fails();
    expect(consumer.error?.type).toBe('persistent-subscription-dropped');
  });

  it('takes no more subscribers than it may have', async () => {
    await create({ maxSubscriberCount: 1 });
    const consumer = consume();
    await consumer.confirmed();
    const other = consume();
    await other.fails();
    expect(other.error?.type).toBe('maximum-subscribers-reached');
    await consumer.leaves();
  });

  it('on the log takes what its filter lets through', async () => {
    const wanted = store.stream('wanted');
    const name = `${stream}-group`;
    const filter = streamNameFilter({ prefixes: [wanted] });
    await store.client.createPersistentSubscriptionToAll(name, allSettings(), { filter });
    const consumer = new Consumer(store.client.subscribeToPersistentSubscriptionToAll(name));
    await consumer.confirmed();
    await append('Other');
    await store.client.appendToStream(wanted, events('A', 'B'));
    await consumer.at(1);
    expect(consumer.types).toEqual(['A', 'B']);
    await consumer.leaves();
    await store.client.deletePersistentSubscriptionToAll(name);
  });
});

describe('an event that was delivered', () => {
  it('does not come again when it was acknowledged, also to those who come later', async () => {
    await create();
    await append('A', 'B');
    const consumer = consume();
    await consumer.at(1);
    await nothingIsOut();
    await consumer.leaves();
    const next = consume();
    await append('C');
    await next.at(0);
    expect(next.types).toEqual(['C']);
    await next.leaves();
  });

  it('comes again when it is to be tried again, with the count of retries', async () => {
    await create();
    await append('A');
    const consumer = consume({ acks: false });
    await consumer.nack(RETRY, await consumer.at(0));
    await consumer.ack(await consumer.at(1));
    expect(consumer.types).toEqual(['A', 'A']);
    expect(consumer.retries).toEqual([0, 1]);
    await nothingIsOut();
    await consumer.leaves();
  });

  it('comes again when it was not acknowledged in time', async () => {
    await create({ messageTimeout: 500 });
    await append('A');
    const consumer = consume({ acks: false });
    await consumer.ack(await consumer.at(1));
    expect(consumer.types.slice(0, 2)).toEqual(['A', 'A']);
    expect(consumer.retries.slice(0, 2)).toEqual([0, 1]);
    await consumer.leaves();
  });

  it('goes to another consumer when the first leaves without a word', async () => {
    await create();
    await append('A', 'B');
    const first = consume({ acks: false });
    await first.at(1);
    await first.leaves();
    const second = consume();
    await second.at(1);
    expect(second.types.toSorted()).toEqual(['A', 'B']);
    await second.leaves();
  });

  it('is neither sent again nor parked when it is to be skipped', async () => {
    await create();
    await append('A', 'B');
    const consumer = consume({ acks: false });
    await consumer.nack(SKIP, await consumer.at(0));
    await consumer.ack(await consumer.at(1));
    await nothingIsOut();
    await append('C');
    await consumer.ack(await consumer.at(2));
    expect(consumer.types).toEqual(['A', 'B', 'C']);
    expect(Number((await stats()).parkedMessageCount)).toBe(0);
    await consumer.leaves();
  });
});

describe('a parked event', () => {
  it('does not hold up the others, stands in a stream of its own, and comes again when it is replayed', async () => {
    await create();
    await append('A', 'B');
    const consumer = consume({ acks: false });
    await consumer.nack(PARK, await consumer.at(0));
    await consumer.ack(await consumer.at(1));
    await parked(1);
    expect(await parkedTypes()).toEqual(['A']);
    await store.client.replayParkedMessagesToStream(stream, group);
    await consumer.ack(await consumer.at(2));
    expect(consumer.types).toEqual(['A', 'B', 'A']);
    await parked(0);
    await consumer.leaves();
  });

  it('is one that was tried as often as the group allows', async () => {
    await create({ maxRetryCount: 1 });
    await append('A');
    const consumer = consume({ acks: false });
    await consumer.nack(RETRY, await consumer.at(0));
    await consumer.nack(RETRY, await consumer.at(1));
    await parked(1);
    expect(await parkedTypes()).toEqual(['A']);
    expect(consumer.retries).toEqual([0, 1]);
    await consumer.leaves();
  });
});

describe('consumers', () => {
  it('have no more events at a time than their buffer holds', async () => {
    await create();
    await store.client.appendToStream(stream, numbered(20));
    const consumer = consume({ bufferSize: 3, acks: false });
    await consumer.at(2);
    await eventually('three are out', async () => (await stats()).totalInFlightMessages === 3);
    expect(consumer.delivered).toHaveLength(3);
    await consumer.ack(consumer.delivered[0]!);
    await consumer.at(3);
    expect(consumer.delivered).toHaveLength(4);
    await consumer.leaves();
  });

  it('that compete share the events: each goes to one of them, and all of them get some', async () => {
    await create();
    const consumers = numbers(3).map(() => consume());
    await Promise.all(consumers.map((consumer) => consumer.confirmed()));
    await store.client.appendToStream(stream, numbered(60));
    const delivered = () => consumers.flatMap((consumer) => consumer.delivered);
    await eventually('all sixty', () => delivered().length >= 60);
    await nothingIsOut();
    const revisions = delivered().map(({ event }) => Number(event?.revision));
    expect(revisions.toSorted((one, other) => one - other)).toEqual(numbers(60));
    expect(consumers.every((consumer) => consumer.delivered.length > 0)).toBe(true);
    await Promise.all(consumers.map((consumer) => consumer.leaves()));
  });
});
