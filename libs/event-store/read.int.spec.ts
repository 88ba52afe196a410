import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { binaryEvent, EventStoreDBClient, jsonEvent, StreamDeletedError } from '@eventstore/db-client';
import { comparePositions, isReadable, UndecodableEvent } from '@funnel/kernel';
import { connectEventStore, type EventStore } from './index.ts';
import { collect, context, counter, counterEvents, fact } from './testing/counter.ts';
import { StoreProcess } from './testing/store-process.ts';

const server = new StoreProcess();
let store: EventStore;
let foreign: EventStoreDBClient;
beforeAll(async () => {
  await server.start();
  store = connectEventStore({ url: server.url }, counterEvents);
  foreign = EventStoreDBClient.connectionString(server.url);
});
afterAll(async () => {
  await foreign.dispose();
  foreign['getChannel']().then((channel) => channel.close());
  await store.close();
  await server.remove();
});

describe('the end of the log', () => {
  it('is its start while there are only events of the server itself', async () => {
    expect(await store.head()).toEqual({ commit: 0n, prepare: 0n });
    expect(await collect(store.readAll({}))).toEqual([]);
  });

  it('is where the newest event of the product stands', async () => {
    const { position } = await store.appendFacts('deal-1', [fact(1), fact(2)]);
    await foreign.setStreamMetadata('deal-1', { maxAge: 1_000_000 });
    expect(await store.head()).toEqual(position);
  });

  it('is found in pieces that grow, so that no log is sent for one event of it', async () => {
    const { position } = await store.appendFacts('deal-1', [fact(3)]);
    for (let signed = 0; signed < 10; signed += 1) {
      await foreign.appendToStream('audit-roots', jsonEvent({ type: 'RootSigned', data: {} }));
    }
    const read = jest.spyOn(EventStoreDBClient.prototype, 'readAll');
    expect(await store.head()).toEqual(position);
    expect(read.mock.calls.map(([options]) => options?.maxCount)).toEqual([1, 8, 64]);
    read.mockRestore();
  });
});

describe('reading the log', () => {
  it('begins behind a position, keeps to streams, types and a limit, and ends where the log ended', async () => {
    const { position } = await store.appendFacts('rep-1', [fact(1)]);
    await store.appendFacts('deal-2', [fact(10), fact(11), fact(12)]);
    await store.appendFacts('rep-2', [fact(2)]);
    const read = async (options: Parameters<EventStore['readAll']>[0]) =>
      (await collect(store.readAll(options))).map((event) => isReadable(event) && event.data);
    expect(await read({ after: position })).toEqual([{ by: 10 }, { by: 11 }, { by: 12 }, { by: 2 }]);
    expect(await read({ streams: ['rep-'] })).toEqual([{ by: 1 }, { by: 2 }]);
    expect(await read({ after: position, streams: ['deal-', 'rep-'], limit: 2 })).toEqual([{ by: 10 }, { by: 11 }]);
    expect(await read({ types: ['Else'] })).toEqual([]);
    expect(await read({ limit: 0 })).toEqual([]);
  });

  it('does not run after events that come meanwhile', async () => {
    const facts = Array.from({ length: 5_000 }, (_, index) => fact(index, undefined, 'x'.repeat(300)));
    await store.appendFacts('deal-three', facts);
    let count = 0;
    for await (const event of store.readAll({ streams: ['deal-three'] })) {
      if (event.revision === 0) await store.appendFacts('deal-three', [fact(1), fact(2)]);
      count += 1;
    }
    expect(count).toBe(5_000);
  });

  it('ends when its reader has enough', async () => {
    const enough = new AbortController();
    const seen: unknown[] = [];
    for await (const event of store.readAll({ signal: enough.signal })) {
      seen.push(event);
      enough.abort();
    }
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('reading a stream', () => {
  it('gives nothing where there is none', async () => {
    expect(await collect(store.readStream('deal-absent'))).toEqual([]);
    expect(await store.load(counter, 'deal-absent')).toEqual({ state: 0, revision: -1 });
  });

  it('begins at a revision and gives positions in order, over many pages', async () => {
    await store.appendFacts(
      'deal-long',
      Array.from({ length: 2_600 }, (_, index) => fact(index)),
    );
    const events = await collect(store.readStream('deal-long', 50));
    expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 2_550 }, (_, index) => index + 50));
    events.reduce((before, event) => {
      expect(comparePositions(before.position, event.position)).toBe(-1);
      return event;
    });
  });
});

describe('a stream that was deleted for ever', () => {
  it('is told to be so, at once', async () => {
    await store.appendFacts('deal-gone', [fact(1)]);
    await foreign.tombstoneStream('deal-gone');
    await expect(collect(store.readStream('deal-gone'))).rejects.toThrow(StreamDeletedError);
  });
});

describe('events that others wrote', () => {
  const write = (stream: string, ...events: Parameters<typeof foreign.appendToStream>[1][]) =>
    foreign.appendToStream(stream, events.flat() as never);

  it('are read with sensible defaults when they carry none of our metadata', async () => {
    const id = randomUUID();
    const before = Date.now();
    await write('deal-foreign', jsonEvent({ id, type: 'Counted', data: { by: 4 } }));
    const [event] = await collect(store.readStream('deal-foreign'));
    expect(event).toMatchObject({ id, data: { by: 4 }, commandId: id, correlationId: id, version: 1 });
    expect(event).toMatchObject({ actor: { user: 'unknown', role: 'system' }, at: event?.recordedAt });
    expect(event?.at).toBeGreaterThanOrEqual(before - 1_000);
  });

  it('count as of when they were written where they tell an instant that the product does not take', async () => {
    const metadata = { occurredAt: '2200-01-01T00:00:00Z', recordedAt: '1969-12-31T23:59:59Z' };
    await write('deal-undated', jsonEvent({ type: 'Counted', data: { by: 4 }, metadata }));
    const [event] = await collect(store.readStream('deal-undated'));
    expect(event?.at).toBe(event?.recordedAt);
    expect(Math.abs(Date.now() - event!.at)).toBeLessThan(60_000);
  });

  it.each([
    ['an unknown type', jsonEvent({ type: 'Unheard', data: {} })],
    ['another shape', jsonEvent({ type: 'Counted', data: { by: 'much' } })],
    ['a payload that is not JSON', binaryEvent({ type: 'Counted', data: Buffer.from([1, 2]) })],
    ['a future version', jsonEvent({ type: 'Counted', data: { by: 1 }, metadata: { schemaVersion: 9 } })],
    ['a version that is none', jsonEvent({ type: 'Counted', data: { by: 1 }, metadata: { schemaVersion: 'x' } })],
    ['a strange actor', jsonEvent({ type: 'Unheard', data: {}, metadata: { actor: 7, occurredAt: 'then' } })],
  ])('surface as unreadable with %s, and what stands behind them is still read', async (_, event) => {
    const stream = `deal-${event.id}`;
    await write(stream, event, jsonEvent({ type: 'Counted', data: { by: 1 } }));
    const [strange, next] = await collect(store.readStream(stream));
    expect(strange).toMatchObject({ stream, revision: 0, id: event.id, unreadable: expect.any(UndecodableEvent) });
    expect(next).toMatchObject({ revision: 1, data: { by: 1 } });
  });

  it('stop a command on their stream when they cannot be read', async () => {
    await write('deal-blocked', jsonEvent({ type: 'Unheard', data: {} }));
    const request = { decider: counter, stream: 'deal-blocked', command: { by: 1 }, context: context() };
    await expect(store.execute(request)).rejects.toThrow(UndecodableEvent);
  });
});
