import { END, type Position, streamNameFilter } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { compare, events, idsOf, numbered } from '../support/events.ts';
import { Listener } from '../support/listener.ts';
import { eventually } from '../support/waiting.ts';

const store = useEventStore();
const searchWindow = 50;

const here = async (): Promise<Position> =>
  (await store.client.appendToStream(store.stream('mark'), events('Mark'))).position!;
const noise = () => store.client.appendToStream(store.stream('noise'), numbered(4 * searchWindow));

/** Listens for some streams, with a checkpoint for as few events as the server allows. */
const listen = (prefix: string, fromPosition: Position | typeof END) => {
  const listener = new Listener();
  const filter = streamNameFilter({
    prefixes: [prefix],
    checkpointInterval: 1,
    maxSearchWindow: searchWindow,
    checkpointReached: listener.checkpointReached,
  });
  const from = typeof fromPosition === 'string' ? fromPosition : { ...fromPosition };
  return listener.to(store.client.subscribeToAll({ fromPosition: from, filter }));
};

const expectGrowing = (checkpoints: readonly Position[]) =>
  checkpoints.slice(1).forEach((at, before) => expect(compare(at, checkpoints[before]!)).toBe(1));

describe('a filter that matches nothing', () => {
  it('still tells how far it has looked, while it catches up', async () => {
    const from = await here();
    await noise();
    const listener = listen(store.stream('nothing'), from);
    await listener.hears('caughtUp');
    await listener.reachesCheckpointBehind(from);
    expectGrowing(listener.checkpoints);
    expect(listener.events).toEqual([]);
    await listener.leaves();
  });

  it('still tells how far it has looked, while it is live', async () => {
    const listener = listen(store.stream('nothing'), END);
    await listener.hears('confirmation');
    const from = await here();
    await noise();
    await listener.reachesCheckpointBehind(from);
    expectGrowing(listener.checkpoints);
    await listener.leaves();
  });

  it('says that it has caught up', async () => {
    const listener = listen(store.stream('nothing'), await here());
    await listener.hears('caughtUp');
    await listener.leaves();
  });
});

describe('a checkpoint', () => {
  it('can be gone on from: what is behind it comes, once, and nothing before it', async () => {
    const stream = store.stream('rare');
    const [before, after] = [events('Before'), events('After')];
    const from = await here();
    await store.client.appendToStream(stream, before);
    const { position } = await noise();
    const first = listen(stream, from);
    await first.reachesCheckpointBehind(from);
    await eventually('a checkpoint behind the event', () => {
      const [event] = first.events;
      return event !== undefined && first.checkpoints.some((at) => compare(at, event.position!) > 0);
    });
    await first.leaves();
    await store.client.appendToStream(stream, after);
    const second = listen(stream, first.checkpoints.at(-1)!);
    await second.hears('After');
    expect(idsOf(second.events)).toEqual(idsOf(after));
    expect(compare(second.events[0]!.position!, position!)).toBe(1);
    await second.leaves();
  });

  it('never stands behind an event that has not been told yet', async () => {
    const stream = store.stream('often');
    const from = await here();
    const filter = streamNameFilter({
      prefixes: [stream],
      checkpointInterval: 1,
      maxSearchWindow: searchWindow,
      // Through the same buffer, so that the order is the server's.
      checkpointReached: (subscription, upTo) => void subscription.push({ upTo }),
    });
    const subscription = store.client.subscribeToAll({ fromPosition: { ...from }, filter });
    subscription.on('error', () => undefined);
    const [told, overtaken]: [Position[], Position[]] = [[], []];
    let furthest = from;
    subscription.on('data', ({ event, upTo }: { event?: { position: Position }; upTo?: Position }) => {
      if (event) told.push(event.position);
      if (event && compare(event.position, furthest) <= 0) overtaken.push(event.position);
      furthest = event?.position ?? upTo!;
    });
    for (let round = 0; round < 4; round += 1) {
      await noise();
      await store.client.appendToStream(stream, numbered(1));
    }
    await eventually('all events', () => told.length === 4);
    expect(overtaken).toEqual([]);
    await subscription.unsubscribe();
  });
});
