import { BACKWARDS, END, START, type Position, type RecordedEvent } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { compare, events, eventsOf, idsOf, numbered, numbers } from '../support/events.ts';

const store = useEventStore();

/** A place in the log: everything written after the call is behind it. */
const here = async (): Promise<Position> =>
  (await store.client.appendToStream(store.stream('mark'), events('Mark'))).position!;

/** What stands behind a place: the events of this file, and all events. */
const behind = async (from: Position) => {
  const all = (await eventsOf(store.client.readAll({ fromPosition: { ...from } }))).slice(1);
  return { all, ours: all.filter(({ streamId }) => streamId.startsWith(store.prefix)) };
};
const append = (stream: string, what: Parameters<typeof store.client.appendToStream>[1]) =>
  store.client.appendToStream(stream, what);

describe('the log', () => {
  it('holds the events of all streams in the order in which they were acknowledged', async () => {
    const from = await here();
    const [one, other] = [store.stream('one'), store.stream('other')];
    const written = [...events('A'), ...events('B'), ...events('C'), ...events('D')];
    for (const [index, event] of written.entries()) await append(index % 2 ? one : other, event);
    expect(idsOf((await behind(from)).ours)).toEqual(idsOf(written));
  });

  it('has positions that grow strictly, whoever wrote', async () => {
    const from = await here();
    await Promise.all(numbers(10).map((index) => append(store.stream(`grow${index}`), numbered(5))));
    const { all } = await behind(from);
    all.slice(1).forEach((event, before) => expect(compare(event.position!, all[before]!.position!)).toBe(1));
  });

  it('holds the events of one append side by side and in order', async () => {
    const from = await here();
    const batches = numbers(8).map(() => numbered(6));
    await Promise.all(batches.map((batch, index) => append(store.stream(`whole${index}`), batch)));
    const { all } = await behind(from);
    for (const batch of batches) {
      const first = all.findIndex(({ id }) => id === batch[0]!.id);
      expect(idsOf(all.slice(first, first + 6))).toEqual(idsOf(batch));
    }
  });

  it('holds every acknowledged event exactly once when several write at once', async () => {
    const from = await here();
    const connections = [store.client, store.connect(), store.connect()];
    const writing = numbers(60).map(async (index) => {
      const written = numbered(3);
      await connections[index % 3]!.appendToStream(store.stream('writer'), written);
      return written;
    });
    const acknowledged = idsOf((await Promise.all(writing)).flat()).sort();
    for (const connection of connections.slice(1)) await store.disconnect(connection);
    expect(idsOf((await behind(from)).ours).sort()).toEqual(acknowledged);
  });

  it('shows what was acknowledged a moment ago, at the position that was answered', async () => {
    for (const _ of numbers(10)) {
      const written = numbered(3);
      const { position } = await append(store.stream('moment'), written);
      const [event] = await eventsOf(store.client.readAll({ fromPosition: { ...position! }, maxCount: 1 }));
      expect(event).toMatchObject({ id: written[2]!.id, position });
    }
  });
});

describe('reading the log', () => {
  let from: Position;
  let written: RecordedEvent[];
  beforeAll(async () => {
    from = await here();
    const stream = store.stream('read');
    await append(stream, numbered(5));
    await append(stream, numbered(5));
    written = await eventsOf(store.client.readStream(stream));
  });

  it('begins at its start', async () => {
    const [first] = await eventsOf(store.client.readAll({ fromPosition: START, maxCount: 1 }));
    expect(compare(first!.position!, from)).toBe(-1);
  });

  it('forwards begins with the event at the position', async () => {
    const read = store.client.readAll({ fromPosition: { ...written[3]!.position! }, maxCount: 1 });
    expect(idsOf(await eventsOf(read))).toEqual([written[3]!.id]);
  });

  it('backwards begins with the event before the position', async () => {
    const fromPosition = { ...written[3]!.position! };
    const read = store.client.readAll({ direction: BACKWARDS, fromPosition, maxCount: 1 });
    expect(idsOf(await eventsOf(read))).toEqual([written[2]!.id]);
  });

  it('backwards from its end begins with the newest', async () => {
    const end = await here();
    const newest = await eventsOf(store.client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 200 }));
    const place = newest.findIndex(({ position }) => compare(position!, end) === 0);
    expect(newest.slice(0, place).filter(({ position }) => compare(position!, end) < 0)).toEqual([]);
    expect(newest[place]).toMatchObject({ type: 'Mark', position: end });
  });

  it('page by page from the last position gives the same as at once, in both directions', async () => {
    const ids = idsOf(written);
    const forwards: string[] = [];
    for (let at = from; forwards.length < ids.length;) {
      const page = await eventsOf(store.client.readAll({ fromPosition: { ...at }, maxCount: 4 }));
      forwards.push(...idsOf(page.slice(1)).filter((id) => ids.includes(id)));
      at = page.at(-1)!.position!;
    }
    const backwards: string[] = [];
    for (let at = await here(); compare(at, from) > 0;) {
      const page = await eventsOf(store.client.readAll({ direction: BACKWARDS, fromPosition: { ...at }, maxCount: 4 }));
      backwards.push(...idsOf(page).filter((id) => ids.includes(id)));
      at = page.at(-1)!.position!;
    }
    expect(forwards).toEqual(ids);
    expect(backwards).toEqual([...ids].reverse());
  });
});
