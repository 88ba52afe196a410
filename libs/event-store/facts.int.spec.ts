import { randomUUID } from 'node:crypto';
import { connectEventStore, type EventStore, type Fact } from './index.ts';
import { collect, context, counter, counterEvents, fact } from './testing/counter.ts';
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

const many = (count: number): Fact[] => Array.from({ length: count }, (_, index) => fact(index));
const idsOf = async (stream: string) => (await collect(store.readStream(stream))).map(({ id }) => id);
const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id);
/** As a process that starts anew: it remembers nothing. */
const anew = async <T>(work: (fresh: EventStore) => Promise<T>): Promise<T> => {
  const fresh = connectEventStore({ url: server.url }, counterEvents);
  return work(fresh).finally(() => fresh.close());
};

describe('telling facts to a stream', () => {
  it('keeps their order, ids and business times', async () => {
    const facts = many(3);
    const told = await store.appendFacts('deal-new', facts);
    const events = await collect(store.readStream('deal-new'));
    expect(told).toEqual({ written: 3, known: 0, position: events.at(-1)?.position });
    expect(events.map(({ id, at, commandId }) => ({ id, at, commandId }))).toEqual(
      facts.map(({ id, at, commandId }) => ({ id, at, commandId })),
    );
  });

  it.each([3, 1_250])('a second time adds nothing and says so (%i facts)', async (count) => {
    const stream = `deal-again-${count}`;
    const facts = many(count);
    const first = await store.appendFacts(stream, facts);
    const again = await store.appendFacts(stream, facts);
    const later = await anew((fresh) => fresh.appendFacts(stream, facts));
    expect(first).toMatchObject({ written: count, known: 0 });
    expect([again, later]).toEqual(Array(2).fill({ written: 0, known: count, position: first.position }));
    expect(await idsOf(stream)).toEqual(ids(facts));
  });

  it('leaves a stream alone that began otherwise', async () => {
    const [first, ...others] = many(3);
    const facts = [{ ...(first as Fact), begins: true }, ...others];
    await store.appendFacts('deal-begun', facts.slice(0, 2));
    await store.appendFacts('deal-begun', facts);
    const otherwise = [{ ...fact(7), begins: true }, fact(8)];
    await expect(store.appendFacts('deal-begun', otherwise)).rejects.toMatchObject({ name: 'StreamBegunOtherwise' });
    expect(await idsOf('deal-begun')).toEqual(ids(facts));
  });

  it.each([500, 700])('completes what broke off after %i of them', async (done) => {
    const stream = `deal-half-${done}`;
    const facts = many(1_100);
    await anew((fresh) => fresh.appendFacts(stream, facts.slice(0, done)));
    const told = await store.appendFacts(stream, facts);
    expect(told).toMatchObject({ written: 1_100 - done, known: done });
    expect(await idsOf(stream)).toEqual(ids(facts));
  });

  it('adds what is missing behind events that commands wrote meanwhile', async () => {
    const facts = many(4);
    await store.appendFacts('deal-mixed', facts.slice(0, 2));
    await store.execute({ decider: counter, stream: 'deal-mixed', command: { by: 9 }, context: context() });
    const told = await store.appendFacts('deal-mixed', facts);
    expect(told).toMatchObject({ written: 2, known: 2 });
    const now = await idsOf('deal-mixed');
    expect([...now.slice(0, 2), ...now.slice(3)]).toEqual(ids(facts));
    const next = await store.execute({
      decider: counter,
      stream: 'deal-mixed',
      command: { by: 1 },
      context: context(),
    });
    expect(next).toMatchObject({ kind: 'accepted', revision: 5 });
  });

  it('takes a fact that is told twice in one breath for one', async () => {
    const twin = fact(1);
    expect(await store.appendFacts('deal-twin', [twin, fact(2), twin])).toMatchObject({ written: 2, known: 1 });
    expect(await idsOf('deal-twin')).toHaveLength(2);
  });

  it('says where the stream ends when there are none', async () => {
    const { position } = await store.appendFacts('deal-none', many(2));
    expect(await store.appendFacts('deal-none', [])).toEqual({ written: 0, known: 0, position });
  });

  it('splits what is too large for one append', async () => {
    const facts = Array.from({ length: 8 }, (_, index) => fact(index, randomUUID(), '漏'.repeat(100_000)));
    expect(await store.appendFacts('deal-large', facts)).toMatchObject({ written: 8, known: 0 });
    expect(await idsOf('deal-large')).toEqual(ids(facts));
  });

  it('never writes a fact that its own type cannot read', async () => {
    const poison = { ...fact(1), data: { by: 'much' } };
    await expect(store.appendFacts('deal-poison', [fact(1), poison])).rejects.toThrow('Counted');
    expect(await idsOf('deal-poison')).toEqual([]);
  });

  it('runs for many streams at once, beside another process that tells the same', async () => {
    const streams = new Map(Array.from({ length: 64 }, (_, index) => [`deal-wide-${index}`, many(10)]));
    const tell = (to: EventStore) => Promise.all([...streams].map(([stream, facts]) => to.appendFacts(stream, facts)));
    await Promise.all([tell(store), anew(tell)]);
    for (const [stream, facts] of streams) expect(await idsOf(stream)).toEqual(ids(facts));
  });
});
