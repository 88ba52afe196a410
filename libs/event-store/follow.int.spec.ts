import { jest } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { Client } from '@grpc/grpc-js';
import { comparePositions, isReadable, type LogBatch, type Position } from '@funnel/kernel';
import { batchSize } from './follow.ts';
import { CheckpointAheadOfLog, connectEventStore, type EventStore, type Fact } from './index.ts';
import { counterEvents, fact } from './testing/counter.ts';
import { eventually } from './testing/eventually.ts';
import { StoreProcess } from './testing/store-process.ts';

const server = new StoreProcess();
let store: EventStore;
beforeAll(async () => {
  await server.start();
  store = connectEventStore({ url: server.url }, counterEvents);
});
afterAll(async () => {
  await store.close();
  await server.remove();
});

const many = (count: number, note?: string): Fact[] =>
  Array.from({ length: count }, (_, index) => fact(index, undefined, note));
const ids = (facts: readonly { id: string }[]) => facts.map(({ id }) => id);

/** Follows until a batch satisfies; gives all batches up to it. */
const followUntil = async (streams: string[], isEnough: (batch: LogBatch) => boolean, after?: Position) => {
  const stop = new AbortController();
  const batches: LogBatch[] = [];
  for await (const batch of store.follow({ streams, after, signal: stop.signal })) {
    batches.push(batch);
    if (isEnough(batch)) stop.abort();
  }
  return batches;
};
const caughtUp = ({ caughtUp }: LogBatch) => caughtUp;
const eventsOf = (batches: readonly LogBatch[]) => batches.flatMap(({ events }) => events);

describe('following the log', () => {
  it('gives each event of the wanted streams once and in order, in bounded batches, up to the live edge', async () => {
    const facts = many(2_500);
    await store.appendFacts('deal-one', facts);
    await store.appendFacts('rep-one', many(10));
    const batches = await followUntil(['deal-one'], caughtUp);
    expect(ids(eventsOf(batches))).toEqual(ids(facts));
    expect(Math.max(...batches.map(({ events }) => events.length))).toBeLessThanOrEqual(batchSize);
    expect(batches.slice(0, -1).some(caughtUp)).toBe(false);
  });

  it('begins behind a position and takes several kinds of stream', async () => {
    const { position } = await store.appendFacts('deal-two', many(2));
    const [deal, rep] = [many(3), many(2)];
    await store.appendFacts('deal-two', deal);
    await store.appendFacts('rep-two', rep);
    const batches = await followUntil(['deal-two', 'rep-two'], caughtUp, position);
    expect(ids(eventsOf(batches))).toEqual(ids([...deal, ...rep]));
  });

  it('moves on where the filter leaves nothing, to the end of the log and no further', async () => {
    await store.appendFacts('deal-noise', many(2_100));
    const [batch] = (await followUntil(['nobody-'], caughtUp)).slice(-1);
    expect(batch).toEqual({ events: [], position: await store.head(), caughtUp: true });
  });

  it('moves on with a quiet filter also while it is live', async () => {
    const stop = new AbortController();
    let position: Position | undefined;
    const following = (async () => {
      for await (const batch of store.follow({ streams: ['nobody-'], signal: stop.signal })) position = batch.position;
    })();
    await eventually(() => position !== undefined);
    const before = await store.head();
    await store.appendFacts('deal-live-noise', many(3_000));
    await eventually(() => position !== undefined && comparePositions(position, before) > 0);
    expect(comparePositions(position!, await store.head())).toBeLessThanOrEqual(0);
    stop.abort();
    await following;
  });

  it('gives what comes later as it comes, and tells that it stands at the live edge', async () => {
    const stop = new AbortController();
    const live: LogBatch[] = [];
    const following = (async () => {
      for await (const batch of store.follow({ streams: ['deal-three'], signal: stop.signal })) live.push(batch);
    })();
    await eventually(() => live.some(caughtUp));
    const facts = many(3);
    for (const one of facts) await store.appendFacts('deal-three', [one]);
    await eventually(() => eventsOf(live).length === 3);
    expect(ids(eventsOf(live))).toEqual(ids(facts));
    expect(live.at(-1)?.caughtUp).toBe(true);
    stop.abort();
    await following;
  });

  it('surfaces an event that cannot be read and goes on', async () => {
    const foreign = EventStoreDBClient.connectionString(server.url);
    await foreign.appendToStream('deal-strange', [
      jsonEvent({ type: 'Unheard', data: {} }),
      jsonEvent({ type: 'Counted', data: { by: 1 } }),
    ]);
    await foreign.dispose();
    const events = eventsOf(await followUntil(['deal-strange'], caughtUp));
    expect(events.map(isReadable)).toEqual([false, true]);
  });

  it('ends when nobody listens any more', async () => {
    for await (const { events } of store.follow({ streams: ['deal-one'], signal: new AbortController().signal })) {
      expect(events.length).toBeGreaterThan(0);
      break;
    }
    expect(await followUntil(['deal-one'], () => true)).toHaveLength(1);
  });

  it('refuses a checkpoint that is ahead of the log, and names both places', async () => {
    const end = await store.head();
    const ahead = { commit: end.commit + 1_000n, prepare: end.prepare + 1_000n };
    const refused = followUntil(['deal-'], caughtUp, ahead);
    await expect(refused).rejects.toThrow(CheckpointAheadOfLog);
    await expect(refused).rejects.toThrow(`${ahead.commit} is ahead of the log, which ends at ${end.commit}`);
  });
});

describe('a slow consumer', () => {
  it('holds back the reading: no more waits in this process than the buffers take', async () => {
    await store.appendFacts('deal-slow', many(6_000, 'x'.repeat(500)));
    const answers = countAnswers();
    const batches = store.follow({ streams: ['deal-slow'], signal: new AbortController().signal });
    const reader = batches[Symbol.asyncIterator]();
    const first: LogBatch = (await reader.next()).value;
    const waiting = () => answers.count() - first.events.length;
    await eventually(() => waiting() >= 2 * batchSize);
    // The call itself holds 16, and checkpoints count as answers.
    expect(await most(waiting)).toBeLessThanOrEqual(2 * batchSize + 32);
    let count = first.events.length;
    while (count < 6_000) count += ((await reader.next()).value as LogBatch).events.length;
    expect(count).toBe(6_000);
    await reader.return?.(undefined);
    answers.stop();
  });
});

/** Answers to subscriptions that this process has read from now on. */
const countAnswers = () => {
  let count = 0;
  const makeRequest = Client.prototype.makeServerStreamRequest;
  const spy = jest.spyOn(Client.prototype, 'makeServerStreamRequest');
  spy.mockImplementation(function (this: Client, path, serialize, deserialize, ...rest: unknown[]) {
    const counting = (bytes: Buffer) => {
      count += 1;
      return deserialize(bytes);
    };
    return Reflect.apply(makeRequest, this, [path, serialize, counting, ...rest]);
  });
  return { count: () => count, stop: () => spy.mockRestore() };
};

/** The largest of many readings, while other work goes on in between. */
const most = async (reading: () => number): Promise<number> => {
  let largest = 0;
  for (let round = 0; round < 20; round += 1) {
    await store.ping();
    largest = Math.max(largest, reading());
  }
  return largest;
};
