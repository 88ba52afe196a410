import { binaryEvent, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import type { MaxAppendSizeExceededError } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { eventsOf, idsOf, numbered, revisionsOf, typesOf } from '../support/events.ts';
import { refusal } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeEach(() => (stream = store.stream('size')));

const append = (what: Parameters<typeof store.client.appendToStream>[1]) =>
  store.client.appendToStream(stream, what, { expectedRevision: NO_STREAM });

/** What the product fills one append with: data, metadata, and the type with two bytes a letter. */
const mostBytes = 1_000_000;

describe('one append', () => {
  it('takes five hundred events and keeps their order', async () => {
    const batch = numbered(500);
    expect((await append(batch)).nextExpectedRevision).toBe(499n);
    expect(idsOf(await eventsOf(store.client.readStream(stream)))).toEqual(idsOf(batch));
  });

  it('takes a million bytes of data, metadata and type', async () => {
    const type = 'x'.repeat(100);
    const metadata = Buffer.alloc(100_000);
    await append(binaryEvent({ type, data: Buffer.alloc(mostBytes - 100_000 - 200), metadata }));
    expect(await revisionsOf(store.client.readStream(stream))).toEqual([0]);
  });

  it('of twice the limit is refused, with the limit, and leaves nothing behind', async () => {
    const large = [0, 1, 2].map(() => jsonEvent({ type: 'Large', data: 'x'.repeat(700_000) }));
    const error = await refusal<MaxAppendSizeExceededError>(append(large));
    expect(error).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1_048_576 });
    expect(await refusal(typesOf(store.client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' });
  });

  it('that was refused for its size does no harm to the next', async () => {
    const tooLarge = jsonEvent({ type: 'Large', data: 'x'.repeat(2_000_000) });
    expect((await refusal(append(tooLarge))).type).toBe('maximum-append-size-exceeded');
    await append(numbered(2));
    expect(await revisionsOf(store.client.readStream(stream))).toEqual([0, 1]);
  });
});
