import { connectEventStore, type EventStore } from '@funnel/event-store';
import { salesEvents } from '@funnel/sales';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStore } from '../../../infra/embedded/eventstore/index.ts';
import { KeptHistory } from './kept-history.ts';

const startStore = async (dataFolder: string) => {
  const server = await startEventStore({ port: 0, dataFolder });
  const store = connectEventStore({ url: `esdb://127.0.0.1:${server.port}?tls=false` }, salesEvents);
  return { store, close: () => store.close().then(() => server.close()) };
};

const addDeal = (store: EventStore, dealId: string) => {
  const said = { commandId: dealId, correlationId: dealId, causationId: dealId };
  const fact = { id: randomUUID(), at: 1, recordedAt: 1, actor: { user: 'anna', role: 'rep' } as const, ...said };
  const data = {
    ...{ dealId, title: dealId, customer: { name: dealId }, amount: { minor: 1, currency: 'CNY' } },
    ...{ funnelId: 'machines', stage: 'lead', ownerId: null, expectedClose: null },
  };
  return store.appendFacts(`deal-${dealId}`, [{ ...fact, type: 'ProspectAdded', data }]);
};

describe('the history of a log', () => {
  let folder: string;
  let store: EventStore;
  let close: () => Promise<void>;
  const notes: string[] = [];
  const begin = () => new KeptHistory({ store, path: join(folder, 'history'), note: (text) => void notes.push(text) });
  const caughtUp = async (history = begin()) => {
    await history.catchUp();
    return history;
  };
  beforeEach(async () => {
    notes.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'history-'));
    ({ store, close } = await startStore(folder));
    await addDeal(store, 'a');
    await addDeal(store, 'b');
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true });
  });

  it('is read once, and after a restart only what is new of it', async () => {
    const first = await caughtUp();
    await first.keep({ evenIfLittle: true });
    await addDeal(store, 'c');
    const second = await caughtUp();
    expect([first.eventsRead, second.eventsRead]).toEqual([2, 1]);
    expect(second.history.deals.texts).toEqual(['a', 'b', 'c']);
    expect(notes).toEqual([]);
  });

  it('is read to its end, however long it is', async () => {
    const others = Array.from({ length: 300 }, (_, number) => `d${number}`);
    await Promise.all(others.map((dealId) => addDeal(store, dealId)));
    const history = await caughtUp();
    expect(new Set(history.history.deals.texts)).toEqual(new Set(['a', 'b', ...others]));
    await history.catchUp();
    expect(history.eventsRead).toBe(302);
  });

  it('is not written again for little', async () => {
    const first = await caughtUp();
    await first.keep();
    expect((await caughtUp()).eventsRead).toBe(2);
  });

  it('is read anew where what was kept is damaged, and says so', async () => {
    await writeFile(join(folder, 'history'), 'moths');
    const history = await caughtUp();
    expect([history.eventsRead, history.history.deals.texts]).toEqual([2, ['a', 'b']]);
    expect(notes).toMatchObject([expect.stringContaining('head cannot be read')]);
  });

  it('is read anew where what was kept is of another log, or of one that has gone back', async () => {
    const first = await caughtUp();
    await first.keep({ evenIfLittle: true });
    await close();
    const other = await mkdtemp(join(folder, 'other-'));
    ({ store, close } = await startStore(other));
    await addDeal(store, 'z');
    const history = await caughtUp();
    expect(history.history.deals.texts).toEqual(['z']);
    expect(notes).toMatchObject([expect.stringContaining('not of this log')]);
  });

  it('goes on without a place to keep it, and says so', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const note = (text: string) => void notes.push(text);
    const history = await caughtUp(new KeptHistory({ store, path: join(folder, 'a-file', 'history'), note }));
    await history.keep({ evenIfLittle: true });
    expect(history.history.deals.texts).toEqual(['a', 'b']);
    expect(notes).toMatchObject([
      expect.stringContaining('cannot be opened'),
      expect.stringContaining('could not be kept'),
    ]);
  });
});
