import { BACKWARDS, END } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { numbered, numbers, revisionsOf } from '../support/events.ts';
import { eventually, refusal } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeEach(async () => {
  stream = store.stream('retention');
  await store.client.appendToStream(stream, numbered(6));
});
const revisions = () => revisionsOf(store.client.readStream(stream));

describe('the metadata of a stream', () => {
  it('is read as it was set, own fields included; the newest counts', async () => {
    await store.client.setStreamMetadata(stream, { maxCount: 9 });
    await store.client.setStreamMetadata(stream, { maxAge: 3_600, owner: { name: 'Müller' } });
    const { metadata } = await store.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxAge: 3_600, owner: { name: 'Müller' } });
  });

  it('is empty where none was set', async () => {
    expect((await store.client.getStreamMetadata(stream)).metadata).toBeUndefined();
  });

  it('hides all but the newest events beyond a count, also those that come later', async () => {
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await revisions()).toEqual([4, 5]);
    await store.client.appendToStream(stream, numbered(1), { expectedRevision: 5n });
    expect(await revisions()).toEqual([5, 6]);
    const back = store.client.readStream(stream, { direction: BACKWARDS, fromRevision: END });
    expect(await revisionsOf(back)).toEqual([6, 5]);
  });

  it('hides what is before a revision', async () => {
    await store.client.setStreamMetadata(stream, { truncateBefore: 4 });
    expect(await revisions()).toEqual([4, 5]);
    expect(await revisionsOf(store.client.readStream(stream, { fromRevision: 1n }))).toEqual([4, 5]);
  });

  it('hides what is older than an age, and nothing younger', async () => {
    await store.client.setStreamMetadata(stream, { maxAge: 3_600 });
    expect(await revisions()).toEqual(numbers(6));
    await store.client.setStreamMetadata(stream, { maxAge: 2 });
    await eventually('the first six are too old', async () => {
      const { nextExpectedRevision } = await store.client.appendToStream(stream, numbered(1));
      const seen = await revisions();
      expect(seen.at(-1)).toBe(Number(nextExpectedRevision));
      return seen[0]! > 5;
    });
  });

  it('is set at the expected revision alone', async () => {
    await store.client.setStreamMetadata(stream, { maxCount: 9 }, { expectedRevision: 'no_stream' });
    const again = store.client.setStreamMetadata(stream, { maxCount: 8 }, { expectedRevision: 'no_stream' });
    expect((await refusal(again)).type).toBe('wrong-expected-version');
    expect((await store.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 9 });
  });
});
