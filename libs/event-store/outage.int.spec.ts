import { jest } from '@jest/globals';
import { connectEventStore, type EventStore, StoreUnavailable } from './index.ts';
import { collect, context, counter, counterEvents, fact } from './testing/counter.ts';
import { eventually } from './testing/eventually.ts';
import { StoreProcess } from './testing/store-process.ts';

const server = new StoreProcess();
// A server that comes back takes its time on a busy machine.
jest.setTimeout(120_000);
let store: EventStore;
beforeEach(async () => {
  await server.start();
  store = connectEventStore({ url: server.url, deadlineMs: 60_000 }, counterEvents);
});
afterEach(async () => {
  await store.close();
  await server.kill();
});
afterAll(() => server.remove());

const impatient = () => connectEventStore({ url: server.url, deadlineMs: 2_000 }, counterEvents);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const count = (on: EventStore, stream: string, by: number, id?: string) =>
  on.execute({ decider: counter, stream, command: { by }, context: context(id) });

describe('a store that is killed and comes back', () => {
  it('in the middle of commands: each is answered and stands there once, in order', async () => {
    let answered = 0;
    const streams = numbers(40).map((index) => `deal-kill-${index}`);
    const work = Promise.all(
      streams.map(async (stream) => {
        for (const by of numbers(10)) {
          expect(await count(store, stream, by)).toMatchObject({ kind: 'accepted', revision: by });
          answered += 1;
        }
      }),
    );
    await eventually(() => answered > 50);
    await server.kill();
    await server.start();
    await work;
    for (const stream of streams) {
      const events = await collect(store.readStream(stream));
      expect(events.map((event) => 'data' in event && event.data)).toEqual(numbers(10).map((by) => ({ by })));
    }
  });

  it('in the middle of facts: none is lost, none is there twice', async () => {
    const told = new Map(numbers(12).map((index) => [`deal-facts-${index}`, numbers(600).map((by) => fact(by))]));
    const work = Promise.all(
      [...told].map(async ([stream, facts]) => {
        const { written, known } = await store.appendFacts(stream, facts);
        expect(written + known).toBe(600);
      }),
    );
    await eventually(async () => (await store.load(counter, 'deal-facts-0')).revision > 0);
    await server.kill();
    await server.start();
    await work;
    for (const [stream, facts] of told) {
      const events = await collect(store.readStream(stream));
      expect(events.map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
    }
  });

  it('twice while the log is followed: each event comes once and in order', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { events } of store.follow({ streams: ['deal-watched'], signal: stop.signal })) {
        seen.push(...events.map(({ id }) => id));
      }
    })();
    const facts = numbers(4_500).map((by) => fact(by));
    for (const third of [facts.slice(0, 1_500), facts.slice(1_500, 3_000), facts.slice(3_000)]) {
      const before = seen.length;
      const telling = store.appendFacts('deal-watched', third);
      await eventually(() => seen.length > before);
      await server.kill();
      await server.start();
      await telling;
    }
    await eventually(() => seen.length >= facts.length);
    expect(seen).toEqual(facts.map(({ id }) => id));
    stop.abort();
    await following;
  });

  it('in the middle of a long read: the read goes on', async () => {
    const facts = numbers(4_000).map((by) => fact(by));
    await store.appendFacts('deal-read', facts);
    const seen: string[] = [];
    for await (const { id } of store.readStream('deal-read')) {
      seen.push(id);
      if (seen.length === 1) {
        await server.kill();
        await server.start();
      }
    }
    expect(seen).toEqual(facts.map(({ id }) => id));
  });
});

describe('a store that is gone', () => {
  it('fails everything in time, and serves again when it is back', async () => {
    const hasty = impatient();
    await count(hasty, 'deal-gone', 1, 'before');
    await server.kill();
    const started = performance.now();
    const attempts = [
      count(hasty, 'deal-gone', 2, 'during'),
      count(hasty, 'deal-other', 2),
      hasty.appendFacts('deal-facts', [fact(1)]),
      hasty.ping(),
      hasty.head(),
      collect(hasty.readStream('deal-gone')),
    ];
    const results = await Promise.allSettled(attempts);
    expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual(
      attempts.map(() => expect.any(StoreUnavailable)),
    );
    expect(performance.now() - started).toBeLessThan(8_000);
    await server.start();
    expect(await count(store, 'deal-gone', 2, 'during')).toMatchObject({ kind: 'accepted', revision: 1 });
    await hasty.close();
  });

  it('lets go at once of a follower who has had enough, however long it may try', async () => {
    await server.kill();
    const leaving = new AbortController();
    const followed = collect(store.follow({ streams: [], signal: leaving.signal }));
    const other = impatient();
    const asked = other.head().catch(() => 'the question');
    setImmediate(() => leaving.abort());
    expect(await Promise.race([followed.then(() => 'the follower'), asked])).toBe('the follower');
    await other.close();
  });
});

describe('a store that hangs', () => {
  it('fails commands in time; the same commands, sent again, stand there once', async () => {
    const hasty = impatient();
    await Promise.all(numbers(40).map((index) => count(store, `deal-hang-${index}`, 1)));
    server.freeze();
    const again = (on: EventStore) => numbers(40).map((index) => count(on, `deal-hang-${index}`, 2, `hang-${index}`));
    const started = performance.now();
    const results = await Promise.allSettled(again(hasty));
    expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual(
      results.map(() => expect.any(StoreUnavailable)),
    );
    expect(performance.now() - started).toBeLessThan(8_000);
    server.thaw();
    expect(await Promise.all(again(store))).toEqual(
      numbers(40).map(() => expect.objectContaining({ kind: 'accepted', revision: 1 })),
    );
    for (const index of numbers(40)) {
      expect(await store.load(counter, `deal-hang-${index}`)).toEqual({ state: 3, revision: 1 });
    }
    await hasty.close();
  });
});

describe('a store that hangs and then dies', () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  beforeEach(() => process.on('unhandledRejection', note));
  afterEach(() => process.off('unhandledRejection', note));

  it('leaves no error behind that would end this process, however much was on its way', async () => {
    const large = (index: number) => {
      const request = { decider: counter, stream: `deal-dies-${index}`, command: { by: 1, note: 'x'.repeat(60_000) } };
      return store.execute({ ...request, context: context() });
    };
    await Promise.all(numbers(60).map(large));
    server.freeze();
    const work = Promise.all(numbers(60).map(large));
    const hasty = impatient();
    await expect(hasty.ping()).rejects.toThrow(StoreUnavailable);
    await hasty.close();
    await server.kill();
    await server.start();
    expect(await work).toEqual(numbers(60).map(() => expect.objectContaining({ kind: 'accepted', revision: 1 })));
    expect(uncaught).toEqual([]);
  });
});

describe('a closed store', () => {
  it('ends its followers and tries nothing again', async () => {
    const closing = impatient();
    const following = collect(closing.follow({ streams: [], signal: new AbortController().signal }));
    await closing.ping();
    await closing.close();
    await following;
    await expect(closing.ping()).rejects.toThrow(StoreUnavailable);
    await expect(count(store, 'deal-open', 1)).resolves.toMatchObject({ kind: 'accepted' });
  });
});
