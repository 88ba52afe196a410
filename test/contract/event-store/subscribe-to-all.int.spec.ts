import { END, eventTypeFilter, excludeSystemEvents, START, streamNameFilter } from '@eventstore/db-client';
import type { Filter, Position } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { compare, events, eventsOf, idsOf, numbered, numbers } from '../support/events.ts';
import { Listener } from '../support/listener.ts';

const store = useEventStore();
const here = async (): Promise<Position> =>
  (await store.client.appendToStream(store.stream('mark'), events('Mark'))).position!;
const listen = (options: Parameters<typeof store.client.subscribeToAll>[0]) =>
  new Listener().to(store.client.subscribeToAll(options));

/** What a listener heard of some streams, in the order it heard it. */
const heardOf = (listener: Listener, ...prefixes: string[]) =>
  listener.events.filter(({ streamId }) => prefixes.some((prefix) => streamId.startsWith(prefix)));

describe('a subscription to the log', () => {
  it('from a position begins behind it, and tells the same as a read, in the same order', async () => {
    const from = await here();
    await Promise.all(numbers(25).map(() => store.client.appendToStream(store.stream('many'), numbered(8))));
    const last = events('Last');
    await store.client.appendToStream(store.stream('last'), last);
    const listener = listen({ fromPosition: { ...from } });
    await listener.hears('Last');
    await listener.leaves();
    const read = (await eventsOf(store.client.readAll({ fromPosition: { ...from } }))).slice(1);
    const upToLast = read.slice(0, idsOf(read).indexOf(last[0]!.id) + 1);
    expect(idsOf(listener.events).slice(0, upToLast.length)).toEqual(idsOf(upToLast));
    expect(listener.events[0]!.position).toEqual(upToLast[0]!.position);
  });

  it('from the start begins with what is oldest', async () => {
    const listener = listen({ fromPosition: START });
    await listener.hearsEvents(1);
    await listener.leaves();
    const [oldest] = await eventsOf(store.client.readAll({ fromPosition: START, maxCount: 1 }));
    expect(listener.events[0]!.position).toEqual(oldest!.position);
  });

  it('from the end tells only what comes', async () => {
    const before = await here();
    const listener = listen({ fromPosition: END });
    await listener.hears('confirmation');
    const written = events('Later');
    await store.client.appendToStream(store.stream('later'), written);
    await listener.hears('Later');
    expect(listener.events.every(({ position }) => compare(position!, before) > 0)).toBe(true);
    expect(idsOf(heardOf(listener, store.prefix))).toEqual(idsOf(written));
    await listener.leaves();
  });

  it('says that it has caught up, and goes on without a gap while others write', async () => {
    const from = await here();
    const streams = numbers(10).map(() => store.stream('live'));
    const write = () => Promise.all(streams.map((stream) => store.client.appendToStream(stream, numbered(10))));
    await write();
    const writing = write();
    const listener = listen({ fromPosition: { ...from }, filter: streamNameFilter({ prefixes: streams }) });
    await listener.hears('caughtUp');
    await writing;
    await write();
    await listener.hearsEvents(300);
    const read = await eventsOf(store.client.readAll({ fromPosition: { ...from } }));
    const ours = read.filter(({ streamId }) => streams.includes(streamId));
    expect(idsOf(listener.events)).toEqual(idsOf(ours));
    await listener.leaves();
  });
});

describe('a filter', () => {
  /** What is heard through a filter of three events before and five after it began; every filter must take the last. */
  const heardThrough = async (filter: (streams: { red: string; green: string; last: string }) => Filter) => {
    const streams = { red: store.stream('red'), green: store.stream('green'), last: store.stream('last') };
    const nameOf = new Map(Object.entries(streams).map(([name, stream]) => [stream, name]));
    const write = async (name: keyof typeof streams, type: string) =>
      store.client.appendToStream(streams[name], events(type));
    const from = await here();
    await write('red', 'Apple');
    await write('green', 'Apple-tree');
    await write('red', 'Brick');
    const listener = listen({ fromPosition: { ...from }, filter: filter(streams) });
    await listener.hears('caughtUp');
    await write('green', 'Live-Apple');
    await write('red', 'Brick');
    await write('green', 'Brick');
    await write('red', 'Live-Apple');
    await write('last', 'Last');
    await listener.hears('Last');
    await listener.leaves();
    return heardOf(listener, store.prefix).map(({ streamId, type }) => `${nameOf.get(streamId)} ${type}`);
  };

  it('takes prefixes of stream names', async () => {
    const heard = await heardThrough(({ red, last }) => streamNameFilter({ prefixes: [red, last] }));
    expect(heard).toEqual(['red Apple', 'red Brick', 'red Brick', 'red Live-Apple', 'last Last']);
  });

  it('takes a regular expression on stream names', async () => {
    const heard = await heardThrough(({ green, last }) => streamNameFilter({ regex: `^(${green}|${last})$` }));
    expect(heard).toEqual(['green Apple-tree', 'green Live-Apple', 'green Brick', 'last Last']);
  });

  it('takes prefixes of event types', async () => {
    const heard = await heardThrough(() => eventTypeFilter({ prefixes: ['Brick', 'Live-', 'Last'] }));
    expect(heard).toEqual(['red Brick', 'green Live-Apple', 'red Brick', 'green Brick', 'red Live-Apple', 'last Last']);
  });

  it('takes a regular expression on event types', async () => {
    const heard = await heardThrough(() => eventTypeFilter({ regex: 'Apple$|^Last$' }));
    expect(heard).toEqual(['red Apple', 'green Live-Apple', 'red Live-Apple', 'last Last']);
  });

  it('leaves out what the server itself writes', async () => {
    const from = await here();
    const stream = store.stream('described');
    const listener = listen({ fromPosition: { ...from }, filter: excludeSystemEvents() });
    await store.client.setStreamMetadata(stream, { maxCount: 5 });
    await store.client.appendToStream(stream, events('Described'));
    await listener.hears('Described');
    expect(listener.events.filter(({ type }) => type.startsWith('$'))).toEqual([]);
    await listener.leaves();
  });
});
