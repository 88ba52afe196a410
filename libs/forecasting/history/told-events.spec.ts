import fc from 'fast-check';
import { blocksInMemory, eventsInBlock } from './event-blocks.ts';
import { ToldEvents, unpackedEvents } from './told-events.ts';

const idOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Two blocks and a part of one; record times rise, but for what is told otherwise by number. */
const count = 2 * eventsInBlock + 7;
const recordedAt = (number: number, others: ReadonlyMap<number, number>): number => others.get(number) ?? number;
const toldWith = (others: ReadonlyMap<number, number>): ToldEvents => {
  const events = new ToldEvents(unpackedEvents(0), blocksInMemory());
  for (let number = 0; number < count; number += 1) events.add(idOf(number), recordedAt(number, others));
  return events;
};
const someNumber = fc.integer({ min: 0, max: count - 1 });

describe('told events', () => {
  it('are numbered in the order in which they are told', () => {
    const events = new ToldEvents(unpackedEvents(0), blocksInMemory());
    expect([events.add(idOf(7), 1), events.add(idOf(8), 1)]).toEqual([0, 1]);
  });

  it('give back their ids, whatever is asked for in whatever order', () => {
    const events = toldWith(new Map());
    fc.assert(fc.property(fc.array(someNumber), (numbers) => expect(events.idsOf(numbers)).toEqual(numbers.map(idOf))));
  });

  it('are known from when they were recorded, even where the log has a later one before', () => {
    const exceptions = fc.array(fc.tuple(someNumber, fc.integer({ min: -9, max: count + 9 })), { maxLength: 9 });
    fc.assert(
      fc.property(exceptions, fc.integer({ min: -9, max: count + 9 }), (told, at) => {
        const others = new Map(told);
        const expected = Array.from({ length: count }, (_, number) => (recordedAt(number, others) <= at ? 1 : 0));
        expect([...toldWith(others).recordedBy(at)]).toEqual(expected);
      }),
    );
  });

  it('go on where they were', () => {
    const blocks = blocksInMemory();
    const before = new ToldEvents(unpackedEvents(0), blocks);
    for (let number = 0; number < eventsInBlock + 5; number += 1) before.add(idOf(number), number);
    const kept = before.packed;
    // What comes later stays out of what was packed.
    for (let number = 0; number < eventsInBlock; number += 1) before.add(idOf(1), 0);
    const after = new ToldEvents(kept, blocks);
    expect(after.add(idOf(6), 6)).toBe(eventsInBlock + 5);
    expect(after.idsOf([eventsInBlock + 4, eventsInBlock + 5, 0])).toEqual([
      ...[idOf(eventsInBlock + 4), idOf(6), idOf(0)],
    ]);
    expect(after.recordedBy(eventsInBlock - 2).reduce((sum, flag) => sum + flag, 0)).toBe(eventsInBlock);
  });
});
