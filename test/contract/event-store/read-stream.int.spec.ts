import { once } from 'node:events';
import { BACKWARDS, END, FORWARDS, type ReadStreamOptions, type RecordedEvent } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { compare, events, eventsOf, idsOf, numbered, numbers, revisionsOf, typesOf } from '../support/events.ts';
import { refusal } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeAll(async () => {
  stream = store.stream('ten');
  await store.client.appendToStream(stream, numbered(10));
});

const revisions = (options: ReadStreamOptions) => revisionsOf(store.client.readStream(stream, options));

describe('reading a stream', () => {
  it.each<[string, ReadStreamOptions, number[]]>([
    ['from the start forwards', {}, numbers(10)],
    ['from a revision forwards, that one included', { fromRevision: 7n }, [7, 8, 9]],
    ['forwards, so many', { fromRevision: 2n, maxCount: 3 }, [2, 3, 4]],
    ['from its last event forwards', { fromRevision: 9n }, [9]],
    ['from behind its end forwards', { fromRevision: 10n }, []],
    ['from the end backwards', { direction: BACKWARDS, fromRevision: END }, numbers(10).reverse()],
    ['from a revision backwards, that one included', { direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
    ['backwards, so many', { direction: BACKWARDS, fromRevision: 8n, maxCount: 2 }, [8, 7]],
    ['its newest event', { direction: BACKWARDS, fromRevision: END, maxCount: 1 }, [9]],
    ['more than there are', { direction: FORWARDS, fromRevision: 8n, maxCount: 1_000 }, [8, 9]],
  ])('%s', async (_, options, expected) => {
    expect(await revisions(options)).toEqual(expected);
  });

  it('that does not exist says so', async () => {
    const missing = store.stream('missing');
    for (const options of [{}, { fromRevision: 5n }, { direction: BACKWARDS, fromRevision: END } as const]) {
      const error = await refusal<Error & { type: string; streamName: string }>(
        typesOf(store.client.readStream(missing, options)),
      );
      expect(error).toMatchObject({ type: 'stream-not-found', streamName: missing });
    }
  });

  it('gives each event the position that it has in the log, upwards', async () => {
    const read = await eventsOf(store.client.readStream(stream));
    const from = read[0]!.position!;
    read.slice(1).forEach((event, before) => expect(compare(event.position!, read[before]!.position!)).toBe(1));
    const inLog = await eventsOf(store.client.readAll({ fromPosition: { ...from }, maxCount: 1 }));
    expect(inLog[0]).toMatchObject({ id: read[0]!.id, position: from });
  });

  it('finds what was acknowledged a moment ago, also over another connection', async () => {
    const other = store.connect();
    for (const round of numbers(20)) {
      const fresh = store.stream('fresh');
      const written = events('A', `Round${round}`);
      await store.client.appendToStream(fresh, written);
      const reader = round % 2 ? store.client : other;
      expect(idsOf(await eventsOf(reader.readStream(fresh)))).toEqual(idsOf(written));
    }
    await store.disconnect(other);
  });

  it('goes over many pages of the server without a gap', async () => {
    const long = store.stream('long');
    for (const _ of numbers(6)) await store.client.appendToStream(long, numbered(500));
    expect(await revisionsOf(store.client.readStream(long))).toEqual(numbers(3_000));
    const back = store.client.readStream(long, { direction: BACKWARDS, fromRevision: END });
    expect(await revisionsOf(back)).toEqual(numbers(3_000).reverse());
  });

  it('may be ended in the middle', async () => {
    const read = store.client.readStream(stream);
    const [{ event }] = (await once(read, 'data')) as [{ event: RecordedEvent }];
    expect(event.revision).toBe(0n);
    await read.cancel();
    expect(await revisions({ maxCount: 1 })).toEqual([0]);
  });
});
