import { connectEventStore, type EventStore } from './index.ts';
import { collect, context, counter, counterEvents } from './testing/counter.ts';
import { StoreProcess } from './testing/store-process.ts';

const server = new StoreProcess();
let store: EventStore;
let other: EventStore;

beforeAll(async () => {
  await server.start();
  store = connectEventStore({ url: server.url }, counterEvents);
  other = connectEventStore({ url: server.url }, counterEvents);
});
afterAll(async () => {
  await store.close();
  await other.close();
  await server.remove();
});

const count = (stream: string, by: number, more: { id?: string; times?: number; on?: EventStore } = {}) =>
  (more.on ?? store).execute({
    decider: counter,
    stream,
    command: { by, times: more.times },
    context: context(more.id),
  });
const amounts = async (stream: string) =>
  (await collect(store.readStream(stream))).map((event) => ('data' in event ? event.data : event.unreadable));

describe('a command', () => {
  it('appends what was decided, with who, when and why beside it', async () => {
    const outcome = await count('deal-first', 3, { id: 'command-1' });
    const [event] = await collect(store.readStream('deal-first'));
    expect(outcome).toEqual({ kind: 'accepted', revision: 0, position: event?.position, replayed: false });
    const { actor, at, recordedAt } = context('command-1');
    expect(event).toMatchObject({ type: 'Counted', data: { by: 3 }, actor, at, recordedAt, version: 1, revision: 0 });
    expect(event).toMatchObject({ commandId: 'command-1', correlationId: 'command-1', causationId: 'command-1' });
  });

  it.each(['the same store', 'another store'])(
    'said twice to %s adds nothing and gets the same answer',
    async (whom) => {
      const stream = `deal-twice-${whom.length}`;
      const first = await count(stream, 2, { id: 'command-2', times: 3 });
      await count(stream, 7);
      const again = await count(stream, 2, {
        id: 'command-2',
        times: 3,
        on: whom === 'the same store' ? store : other,
      });
      expect(again).toEqual({ ...first, replayed: true });
      expect(again).toMatchObject({ revision: 2 });
      expect(await amounts(stream)).toEqual([{ by: 2 }, { by: 2 }, { by: 2 }, { by: 7 }]);
    },
  );

  it('on a stream that is wrongly presumed new is decided on what is really there', async () => {
    const presumed = (by: number, id?: string) =>
      other.execute({
        ...{ decider: counter, stream: 'deal-presumed', command: { by }, presumedNew: true },
        context: context(id),
      });
    const first = await presumed(5, 'command-5');
    expect(first).toMatchObject({ kind: 'accepted', revision: 0 });
    await count('deal-presumed', 6);
    const repeated = connectEventStore({ url: server.url }, counterEvents);
    const again = await repeated.execute({
      ...{ decider: counter, stream: 'deal-presumed', command: { by: 5 }, presumedNew: true },
      context: context('command-5'),
    });
    await repeated.close();
    expect(again).toMatchObject({ kind: 'accepted', revision: 0, position: 'position' in first && first.position });
    expect(await presumed(7)).toMatchObject({ kind: 'accepted', revision: 2 });
    expect(await amounts('deal-presumed')).toEqual([{ by: 5 }, { by: 6 }, { by: 7 }]);
  });

  it('is refused when its id was used for something else', async () => {
    const request = { decider: counter, stream: 'deal-reused', command: { by: 1 } };
    await store.execute({ ...request, context: context('command-3', 'one') });
    const same = await store.execute({ ...request, context: context('command-3', 'one') });
    const reused = await store.execute({ ...request, context: context('command-3', 'two') });
    const elsewhere = await other.execute({ ...request, context: context('command-3', 'two') });
    expect(same).toMatchObject({ kind: 'accepted', replayed: true });
    expect([reused, elsewhere]).toEqual([{ kind: 'command-reused' }, { kind: 'command-reused' }]);
    expect(await amounts('deal-reused')).toHaveLength(1);
  });

  it('is not mistaken for another one with its id that two stores take at the same moment', async () => {
    const request = { decider: counter, stream: 'deal-race', command: { by: 1 } };
    const outcomes = await Promise.all([
      store.execute({ ...request, context: context('command-4', 'one') }),
      other.execute({ ...request, context: context('command-4', 'two') }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['accepted', 'command-reused']);
    expect(await amounts('deal-race')).toHaveLength(1);
  });

  it('that has nothing to do is accepted at the present end of its stream', async () => {
    const nothing = { kind: 'accepted', revision: -1, replayed: false };
    expect(await count('deal-nothing', 1, { times: 0 })).toMatchObject(nothing);
    const { revision, position } = { revision: -1, position: {}, ...(await count('deal-nothing', 1)) };
    expect(await count('deal-nothing', 1, { times: 0 })).toEqual({ ...nothing, revision, position });
  });

  it('whose payload its own type cannot read is never written', async () => {
    await expect(count('deal-poison', 0.5)).rejects.toThrow('Counted');
    expect(await amounts('deal-poison')).toEqual([]);
  });
});

describe('the state that a store remembers', () => {
  it('is not trusted with a refusal: the stream is read again', async () => {
    await count('deal-full', 1_000);
    await other.execute({ decider: counter, stream: 'deal-full', command: { by: -600 }, context: context() });
    expect(await count('deal-full', 500)).toMatchObject({ kind: 'accepted', revision: 2 });
    expect(await count('deal-full', 500)).toEqual({ kind: 'rejected', rejection: 'too-much' });
  });

  it('is not trusted with a stale revision', async () => {
    await count('deal-behind', 1);
    await count('deal-behind', 1, { on: other });
    const request = { decider: counter, stream: 'deal-behind', command: { by: 5 } };
    const accepted = await store.execute({ ...request, context: context(), expectedRevision: 1 });
    expect(accepted).toMatchObject({ kind: 'accepted', revision: 2 });
  });

  it('gives way when another store was faster', async () => {
    await count('deal-shared', 1);
    await count('deal-shared', 2, { on: other });
    expect(await count('deal-shared', 3)).toMatchObject({ kind: 'accepted', revision: 2 });
    expect(await store.load(counter, 'deal-shared')).toEqual({ state: 6, revision: 2 });
  });
});

describe('If-Match', () => {
  const request = { decider: counter, stream: 'deal-match', command: { by: 1 } };

  it('accepts at the named revision and refuses at any other, telling the present one', async () => {
    const execute = (expectedRevision: number) => store.execute({ ...request, context: context(), expectedRevision });
    expect(await execute(0)).toEqual({ kind: 'stale', revision: -1 });
    expect(await execute(-1)).toMatchObject({ kind: 'accepted', revision: 0 });
    expect(await execute(0)).toMatchObject({ kind: 'accepted', revision: 1 });
    expect(await execute(0)).toEqual({ kind: 'stale', revision: 1 });
  });

  it('does not stand in the way of a command that was done already', async () => {
    const once = { ...request, stream: 'deal-match-again', context: context('command-5'), expectedRevision: -1 };
    const first = await store.execute(once);
    expect(await store.execute(once)).toEqual({ ...first, replayed: true });
  });
});

describe('many commands on one stream', () => {
  it('all land, in the order in which they were given', async () => {
    const numbers = Array.from({ length: 32 }, (_, index) => index);
    const outcomes = await Promise.all(numbers.map((by) => count('deal-busy', by)));
    expect(outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.revision)).toEqual(numbers);
    expect(await amounts('deal-busy')).toEqual(numbers.map((by) => ({ by })));
  });

  it('all land when two stores fight over it', async () => {
    const numbers = Array.from({ length: 16 }, (_, index) => index);
    await Promise.all(numbers.flatMap((by) => [count('deal-fought', by), count('deal-fought', by, { on: other })]));
    expect(await store.load(counter, 'deal-fought')).toEqual({ state: 240, revision: 31 });
  });
});
