import { END, START } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { events, idsOf, numbered, numbers } from '../support/events.ts';
import { Listener } from '../support/listener.ts';
import { eventually } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeEach(() => (stream = store.stream('watched')));

const append = (...types: string[]) => store.client.appendToStream(stream, events(...types));
const listen = (options: Parameters<typeof store.client.subscribeToStream>[1] = {}) =>
  new Listener().to(store.client.subscribeToStream(stream, options));

describe('a subscription to a stream', () => {
  it('confirms, tells what there is, that this is all, and then what comes', async () => {
    await append('A', 'B');
    const listener = listen({ fromRevision: START });
    await listener.hears('caughtUp');
    await append('C');
    await listener.hears('C');
    expect(listener.heard).toEqual(['confirmation', 'A', 'B', 'caughtUp', 'C']);
    expect(listener.revisions).toEqual([0, 1, 2]);
    await listener.leaves();
  });

  it('from a revision begins with the next one', async () => {
    await append('A', 'B', 'C');
    const listener = listen({ fromRevision: 1n });
    await listener.hears('caughtUp');
    expect(listener.revisions).toEqual([2]);
    await listener.leaves();
  });

  it('from the end tells only what comes', async () => {
    await append('A', 'B');
    const listener = listen({ fromRevision: END });
    await listener.hears('confirmation');
    await append('C');
    await listener.hears('C');
    expect(listener.revisions).toEqual([2]);
    await listener.leaves();
  });

  it('waits for a stream that does not exist yet, and hears no other', async () => {
    const listener = listen();
    await listener.hears('confirmation');
    await store.client.appendToStream(store.stream('other'), events('Other'));
    await append('A');
    await listener.hears('A');
    expect(idsOf(listener.events)).toHaveLength(1);
    await listener.leaves();
  });

  it('tells each event once and in order while others write', async () => {
    const writing = Promise.all(numbers(20).map(() => store.client.appendToStream(stream, numbered(20))));
    const listener = listen();
    await writing;
    await listener.hearsEvents(400);
    expect(listener.revisions).toEqual(numbers(400));
    await listener.leaves();
  });

  it('tells nothing more when it was left', async () => {
    await append('A');
    const listener = listen();
    await listener.hears('A');
    await listener.leaves();
    await append('B');
    const later = listen();
    await later.hears('B');
    expect(listener.revisions).toEqual([0]);
    await later.leaves();
  });

  it('ends with an error when the stream is tombstoned', async () => {
    await append('A');
    const listener = listen();
    await listener.hears('caughtUp');
    await store.client.tombstoneStream(stream);
    await eventually('an error', () => listener.error !== undefined);
    expect(listener.error).toMatchObject({ type: 'stream-deleted', streamName: stream });
  });
});
