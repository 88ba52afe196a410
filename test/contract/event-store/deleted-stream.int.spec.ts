import { NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { events, eventsOf, idsOf, revisionsOf, typesOf } from '../support/events.ts';
import { refusal } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeEach(async () => {
  stream = store.stream('deleted');
  await store.client.appendToStream(stream, events('A', 'B', 'C'));
});

const held = () => typesOf(store.client.readStream(stream));
const refused = async (promise: Promise<unknown>) => (await refusal(promise)).type;

describe('a deleted stream', () => {
  it('reads as one that does not exist', async () => {
    await store.client.deleteStream(stream);
    expect(await refused(held())).toBe('stream-not-found');
  });

  it.each([
    ['no stream', NO_STREAM],
    ['any revision', undefined],
    ['its old revision', 2n],
  ] as const)('begins again with an append that expects %s, and its revisions go on', async (_, expectedRevision) => {
    await store.client.deleteStream(stream);
    const options = expectedRevision === undefined ? {} : { expectedRevision };
    expect((await store.client.appendToStream(stream, events('D', 'E'), options)).nextExpectedRevision).toBe(4n);
    expect(await held()).toEqual(['D', 'E']);
    expect(await revisionsOf(store.client.readStream(stream))).toEqual([3, 4]);
  });

  it('is deleted at the expected revision alone', async () => {
    const error = await refusal(store.client.deleteStream(stream, { expectedRevision: 1n }));
    expect(error).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 1n, actualVersion: 2n });
    await store.client.deleteStream(stream, { expectedRevision: 2n });
    expect(await refused(held())).toBe('stream-not-found');
  });
});

describe('a tombstoned stream', () => {
  beforeEach(() => store.client.tombstoneStream(stream));

  it('can neither be read nor written any more, and says so', async () => {
    const attempts = [
      held(),
      store.client.appendToStream(stream, events('D')),
      store.client.appendToStream(stream, events('D'), { expectedRevision: NO_STREAM }),
      store.client.appendToStream(stream, events('D'), { expectedRevision: STREAM_EXISTS }),
      store.client.deleteStream(stream),
    ];
    expect(await Promise.all(attempts.map(refused))).toEqual(attempts.map(() => 'stream-deleted'));
    expect(await refusal(held())).toMatchObject({ streamName: stream });
  });

  it('leaves its mark in the log', async () => {
    const before = (await store.client.appendToStream(store.stream('mark'), events('Mark'))).position!;
    const other = store.stream('deleted');
    const [event] = events('A');
    await store.client.appendToStream(other, event!);
    await store.client.tombstoneStream(other);
    const all = await eventsOf(store.client.readAll({ fromPosition: { ...before } }));
    const ofIt = all.filter(({ streamId }) => streamId === other);
    expect(idsOf(ofIt)[0]).toBe(event!.id);
    expect(ofIt.map(({ type }) => type)).toEqual(['A', '$streamDeleted']);
  });
});
