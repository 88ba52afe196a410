import { ANY, NO_STREAM, STREAM_EXISTS, type WrongExpectedVersionError } from '@eventstore/db-client';
import type { AppendExpectedRevision } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { events, idsOf, eventsOf, numbers, typesOf } from '../support/events.ts';
import { refusal } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeEach(() => (stream = store.stream('expected')));

const append = (expectedRevision: AppendExpectedRevision, ...types: string[]) =>
  store.client.appendToStream(stream, events(...types), { expectedRevision });
const refused = (promise: Promise<unknown>) => refusal<WrongExpectedVersionError>(promise);
const held = () => typesOf(store.client.readStream(stream));

describe('an append', () => {
  it('answers the revision of its last event, counted from zero', async () => {
    expect((await append(ANY, 'A')).nextExpectedRevision).toBe(0n);
    expect((await append(ANY, 'B', 'C')).nextExpectedRevision).toBe(2n);
    expect(await held()).toEqual(['A', 'B', 'C']);
  });

  it('that expects any revision goes to the end, whether the stream exists or not', async () => {
    await append(ANY, 'A');
    await append(ANY, 'B');
    expect(await held()).toEqual(['A', 'B']);
  });

  it('that expects no stream begins one, and is refused where there is one', async () => {
    expect((await append(NO_STREAM, 'A')).nextExpectedRevision).toBe(0n);
    const error = await refused(append(NO_STREAM, 'B'));
    expect(error).toMatchObject({ type: 'wrong-expected-version', expectedVersion: 'no_stream', actualVersion: 0n });
    expect(error.streamName).toBe(stream);
    expect(await held()).toEqual(['A']);
  });

  it('that expects a stream is refused where there is none, and goes to the end of one', async () => {
    const error = await refused(append(STREAM_EXISTS, 'A'));
    expect(error).toMatchObject({ expectedVersion: 'stream_exists', actualVersion: 'no_stream' });
    await append(NO_STREAM, 'A');
    expect((await append(STREAM_EXISTS, 'B')).nextExpectedRevision).toBe(1n);
  });

  it('that expects a revision is taken exactly there', async () => {
    await append(NO_STREAM, 'A', 'B');
    expect((await append(1n, 'C')).nextExpectedRevision).toBe(2n);
    expect(await held()).toEqual(['A', 'B', 'C']);
  });

  it.each([
    ['behind', 0n],
    ['ahead of', 7n],
  ])('that expects a revision %s the present one is refused with both', async (_, expected) => {
    await append(NO_STREAM, 'A', 'B');
    const error = await refused(append(expected, 'C'));
    expect(error).toMatchObject({ type: 'wrong-expected-version', expectedVersion: expected, actualVersion: 1n });
    expect(await held()).toEqual(['A', 'B']);
  });

  it('that expects a revision of a stream that does not exist is refused, and makes none', async () => {
    const error = await refused(append(3n, 'A'));
    expect(error).toMatchObject({ expectedVersion: 3n, actualVersion: 'no_stream' });
    expect(await refusal(held())).toMatchObject({ type: 'stream-not-found' });
  });
});

describe('appends at once to one stream', () => {
  const wins = async (tries: readonly Promise<unknown>[]) => {
    const results = await Promise.allSettled(tries);
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as { type: string }] : [],
    );
    expect(new Set(reasons.map(({ type }) => type))).toEqual(new Set(['wrong-expected-version']));
    return results.length - reasons.length;
  };

  it('that expect the same revision: exactly one wins', async () => {
    await append(NO_STREAM, 'A');
    expect(await wins(numbers(12).map(() => append(0n, 'B')))).toBe(1);
    expect(await held()).toEqual(['A', 'B']);
  });

  it('that all want to begin it: exactly one wins', async () => {
    expect(await wins(numbers(12).map((number) => append(NO_STREAM, `Try${number}`)))).toBe(1);
    expect(await held()).toHaveLength(1);
  });

  it('that expect any revision: all are taken, each whole, and none is in another', async () => {
    const batches = numbers(30).map(() => events('First', 'Second', 'Third'));
    await Promise.all(batches.map((batch) => store.client.appendToStream(stream, batch)));
    const ids = idsOf(await eventsOf(store.client.readStream(stream)));
    const order = new Map(ids.map((id, place) => [id, place]));
    expect(ids).toHaveLength(90);
    for (const batch of batches) {
      const [first = -1, ...rest] = idsOf(batch).map((id) => order.get(id));
      expect(rest).toEqual([first + 1, first + 2]);
    }
  });
});
