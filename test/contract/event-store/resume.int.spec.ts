import { type AllStreamSubscription, type Position, type RecordedEvent, streamNameFilter } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { events, idsOf, numbered, numbers } from '../support/events.ts';
import { Listener } from '../support/listener.ts';

const store = useEventStore();
const here = async (): Promise<Position> =>
  (await store.client.appendToStream(store.stream('mark'), events('Mark'))).position!;

describe('a subscriber that comes back', () => {
  it('after it lost its connection goes on from its last event: nothing twice, nothing lost', async () => {
    const stream = store.stream('resumed');
    const written: string[] = [];
    const write = async () => {
      const batch = numbered(40);
      await store.client.appendToStream(stream, batch);
      written.push(...idsOf(batch));
    };
    const heard: RecordedEvent[] = [];
    let from = await here();
    await write();
    for (const _ of numbers(3)) {
      const connection = store.connect();
      const filter = streamNameFilter({ prefixes: [stream] });
      const listener = new Listener().to(connection.subscribeToAll({ fromPosition: { ...from }, filter }));
      const writing = write();
      await listener.hearsEvents(10);
      await store.disconnect(connection);
      heard.push(...listener.events);
      from = heard.at(-1)!.position!;
      await writing;
    }
    const rest = new Listener().to(
      store.client.subscribeToAll({ fromPosition: { ...from }, filter: streamNameFilter({ prefixes: [stream] }) }),
    );
    await rest.hearsEvents(written.length - heard.length);
    expect(idsOf([...heard, ...rest.events])).toEqual(written);
    await rest.leaves();
  });
});

/** Takes events one by one as they are asked for, and so slows the server down. */
const take = async (subscription: AllStreamSubscription, count: number): Promise<RecordedEvent[]> => {
  const taken: RecordedEvent[] = [];
  while (taken.length < count) {
    const item = subscription.read() as { event: RecordedEvent } | null;
    if (item) taken.push(item.event);
    else await new Promise((resolve) => subscription.once('readable', () => resolve(undefined)));
  }
  return taken;
};

describe('a slow subscriber', () => {
  it('gets every event in order, those of long ago and those that were written while it did not listen', async () => {
    const stream = store.stream('slow');
    const from = await here();
    const batches = numbers(14).map(() => numbered(500, 'x'.repeat(400)));
    for (const batch of batches.slice(0, 10)) await store.client.appendToStream(stream, batch);
    const options = { fromPosition: { ...from }, filter: streamNameFilter({ prefixes: [stream] }) };
    const subscription = store.client.subscribeToAll(options, { highWaterMark: 16 });
    subscription.on('error', () => undefined);
    const first = await take(subscription, 1);
    for (const batch of batches.slice(10)) await store.client.appendToStream(stream, batch);
    const rest = await take(subscription, 6_999);
    expect(idsOf([...first, ...rest])).toEqual(idsOf(batches.flat()));
    await subscription.unsubscribe();
  });
});
