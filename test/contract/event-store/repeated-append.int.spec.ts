import { ANY, NO_STREAM, type AppendExpectedRevision, type AppendResult, type EventData } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { events, numbers, typesOf } from '../support/events.ts';
import { refusal } from '../support/waiting.ts';

const store = useEventStore();
let stream: string;
beforeEach(() => (stream = store.stream('repeated')));

const append = (what: EventData[], expectedRevision?: AppendExpectedRevision) =>
  store.client.appendToStream(stream, what, expectedRevision === undefined ? {} : { expectedRevision });
const held = () => typesOf(store.client.readStream(stream));
const conflict = async (promise: Promise<unknown>) =>
  expect((await refusal(promise)).type).toBe('wrong-expected-version');

/** The answer to a repetition may leave the position out; it never tells another one. */
const expectSame = (again: AppendResult, first: AppendResult) => {
  expect(again.nextExpectedRevision).toBe(first.nextExpectedRevision);
  expect([undefined, first.position]).toContainEqual(again.position);
};

describe('the same events sent again to the same place', () => {
  it('are not written again, and get the first answer', async () => {
    const batch = events('A', 'B');
    const first = await append(batch, NO_STREAM);
    expectSame(await append(batch, NO_STREAM), first);
    expect(await held()).toEqual(['A', 'B']);
  });

  it('get the first answer also when others have written behind them', async () => {
    const batch = events('A', 'B');
    const first = await append(batch, NO_STREAM);
    await append(events('C'), 1n);
    expectSame(await append(batch, NO_STREAM), first);
    expect(await held()).toEqual(['A', 'B', 'C']);
  });

  it('are recognised in the middle of a stream', async () => {
    await append(events('A'), NO_STREAM);
    const batch = events('B', 'C');
    const first = await append(batch, 0n);
    await append(events('D'), 2n);
    expectSame(await append(batch, 0n), first);
    expect(await held()).toEqual(['A', 'B', 'C', 'D']);
  });

  it('are recognised by another connection', async () => {
    const batch = events('A', 'B');
    const first = await append(batch, NO_STREAM);
    const other = store.connect();
    expectSame(await other.appendToStream(stream, batch, { expectedRevision: NO_STREAM }), first);
    await store.disconnect(other);
    expect(await held()).toEqual(['A', 'B']);
  });

  it('many times at once stand there once, and every sender gets the same answer', async () => {
    const batch = events('A', 'B');
    const answers = await Promise.all(numbers(10).map(() => append(batch, NO_STREAM)));
    expect(answers.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual(numbers(10).map(() => 1n));
    expect(await held()).toEqual(['A', 'B']);
  });

  it('are recognised where any revision is expected, as long as they are recent', async () => {
    const batch = events('A', 'B');
    const first = await append(batch);
    expectSame(await append(batch), first);
    expect(await held()).toEqual(['A', 'B']);
  });
});

describe('a repetition that is not quite the same', () => {
  it('is a conflict where old events come with new ones', async () => {
    const batch = events('A', 'B');
    await append(batch, NO_STREAM);
    await conflict(append([...batch, ...events('C')], NO_STREAM));
    await conflict(append([batch[0]!, ...events('C')], NO_STREAM));
    await conflict(append([batch[0]!, ...events('C')]));
    expect(await held()).toEqual(['A', 'B']);
  });

  it('is a conflict where the order has changed', async () => {
    const [a, b] = events('A', 'B');
    await append([a!, b!], NO_STREAM);
    await conflict(append([b!, a!], NO_STREAM));
    expect(await held()).toEqual(['A', 'B']);
  });

  it('is a conflict where other events, with other ids, stand at that place', async () => {
    await append(events('A'), NO_STREAM);
    await conflict(append(events('A'), NO_STREAM));
    expect(await held()).toEqual(['A']);
  });

  it.each<[string, AppendExpectedRevision]>([
    ['none', NO_STREAM],
    ['any revision', ANY],
  ])('is something new in another stream, where %s is expected', async (_, expectedRevision) => {
    const batch = events('A');
    await append(batch, NO_STREAM);
    const other = store.stream('repeated');
    await store.client.appendToStream(other, batch, { expectedRevision });
    expect(await typesOf(store.client.readStream(other))).toEqual(['A']);
  });
});
