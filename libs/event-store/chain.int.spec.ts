import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { genesisOf, hashOf, previousOf } from '@funnel/audit';
import { randomUUID } from 'node:crypto';
import { sealed } from './chain.ts';
import { connectEventStore, type EventStore } from './index.ts';
import { context, counter, counterEvents, fact } from './testing/counter.ts';
import { StoreProcess } from './testing/store-process.ts';

const server = new StoreProcess();
let store: EventStore;
let other: EventStore;
let client: EventStoreDBClient;

beforeAll(async () => {
  await server.start();
  store = connectEventStore({ url: server.url }, counterEvents);
  other = connectEventStore({ url: server.url }, counterEvents);
  client = EventStoreDBClient.connectionString(server.url);
});
afterAll(async () => {
  await store.close();
  await other.close();
  await client.dispose();
  await server.remove();
});

const count = (stream: string, by: number, more: { id?: string; at?: number; on?: EventStore } = {}) =>
  (more.on ?? store).execute({
    decider: counter,
    stream,
    command: { by, times: 2 },
    context: { ...context(more.id), ...(more.at && { recordedAt: more.at }) },
  });

/** Of each event of a stream: what it names as the hash before it, and what that should have been. */
const links = async (stream: string) => {
  const named: (string | undefined)[] = [];
  const real: string[] = [genesisOf(stream)];
  for await (const { event } of client.readStream(stream)) {
    if (!event) continue;
    named.push(previousOf(sealed(event)));
    real.push(hashOf(sealed(event)));
  }
  return { named, real: real.slice(0, -1) };
};
const expectWhole = async (stream: string, events: number) => {
  const { named, real } = await links(stream);
  expect(named).toHaveLength(events);
  expect(named).toEqual(real);
};

describe('each event names the hash of the one before it in its stream', () => {
  it('when commands follow each other, remembered or read again', async () => {
    await count('deal-a', 1);
    await count('deal-a', 2);
    await count('deal-a', 3, { on: other });
    await count('deal-a', 4);
    await expectWhole('deal-a', 8);
  });

  it('when two programs are told the same command in the same moment, and both go on', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const stream = `deal-race-${turn}`;
      const id = randomUUID();
      await Promise.all([count(stream, 3, { id, at: 5_000 }), count(stream, 3, { id, at: 6_000, on: other })]);
      await count(stream, 4, { on: turn % 2 ? store : other });
      await Promise.all([count(stream, 1), count(stream, 2, { on: other })]);
      await expectWhole(stream, 8);
    }
  });

  it('when thousands of facts are told, and told again in other words after half of them were lost', async () => {
    const facts = Array.from({ length: 1_200 }, () => fact(0));
    await store.appendFacts('deal-b', facts.slice(0, 500));
    const later = facts.map((each) => ({ ...each, recordedAt: each.recordedAt + 9_000, commandId: 'import-2' }));
    expect(await other.appendFacts('deal-b', later)).toMatchObject({ written: 700, known: 500 });
    expect(await other.appendFacts('deal-b', later)).toMatchObject({ written: 0, known: 1_200 });
    await count('deal-b', 1);
    await expectWhole('deal-b', 1_202);
  });

  it('also where texts look like metadata', async () => {
    const user = ',"recordedAt":"never","previous":"';
    const request = { decider: counter, stream: 'deal-odd', command: { by: 1, note: user } };
    for (let turn = 0; turn < 3; turn += 1)
      await store.execute({ ...request, context: { ...context(), actor: { user, role: 'rep' } } });
    await expectWhole('deal-odd', 3);
  });

  it('when there was no chain yet, from there on', async () => {
    const foreign = jsonEvent({ type: 'Counted', data: { by: 5 } });
    await client.appendToStream('deal-old', [foreign]);
    await count('deal-old', 1);
    await store.appendFacts('deal-old', [fact(2)]);
    const { named, real } = await links('deal-old');
    expect(named).toEqual([undefined, ...real.slice(1)]);
  });
});
