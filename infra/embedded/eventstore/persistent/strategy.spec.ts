import { createStrategy, type Strategy } from './strategy.ts';

/** Has room for so many, and counts what it gets. */
class Seat {
  readonly got: string[] = [];
  room: number;

  constructor(room: number) {
    this.room = room;
  }

  get hasRoom(): boolean {
    return this.got.length < this.room;
  }
}

const give = (strategy: Strategy<Seat>, ...pins: string[]): void => {
  for (const pin of pins) strategy.choose(pin)?.got.push(pin);
};

const streams = Array.from({ length: 60 }, (_, number) => `order-${number}`);

const seated = (name: Parameters<typeof createStrategy>[0], ...rooms: number[]) => {
  const strategy = createStrategy<Seat>(name);
  const seats = rooms.map((room) => new Seat(room));
  for (const seat of seats) strategy.add(seat);
  return { strategy, seats };
};

describe('round robin', () => {
  it('gives to everybody in turn', () => {
    const { strategy, seats } = seated('RoundRobin', 9, 9, 9);
    give(strategy, 'a', 'b', 'c', 'd', 'e', 'f');
    expect(seats.map(({ got }) => got)).toEqual([
      ['a', 'd'],
      ['b', 'e'],
      ['c', 'f'],
    ]);
  });

  it('leaves out who is full or gone, and gives nothing when all are', () => {
    const { strategy, seats } = seated('RoundRobin', 1, 2, 9);
    strategy.remove(seats[2]!);
    give(strategy, 'a', 'b', 'c');
    expect(strategy.choose('d')).toBeUndefined();
    expect(seats.map(({ got }) => got)).toEqual([['a'], ['b', 'c'], []]);
  });
});

describe('dispatching to a single one', () => {
  it('stays with one until that has enough', () => {
    const { strategy, seats } = seated('DispatchToSingle', 2, 2);
    give(strategy, 'a', 'b', 'c');
    expect(seats.map(({ got }) => got)).toEqual([['a', 'b'], ['c']]);
    seats[0]!.got.length = 0;
    give(strategy, 'd', 'e');
    expect(seats.map(({ got }) => got)).toEqual([['e'], ['c', 'd']]);
  });
});

describe.each(['Pinned', 'PinnedByCorrelation'] as const)('%s', (name) => {
  it('keeps what belongs together with one, and spreads the rest evenly', () => {
    const { strategy, seats } = seated(name, 999, 999, 999);
    give(strategy, ...streams, ...streams);
    for (const { got } of seats) {
      expect(new Set(got).size).toBe(got.length / 2);
      expect(got.length).toBeGreaterThan(20);
    }
  });

  it('lets wait for a full one, rather than give to another', () => {
    const { strategy } = seated(name, 1, 9);
    give(strategy, 'a');
    expect(strategy.choose('a')).toBeUndefined();
  });

  it('passes on what somebody had who is gone', () => {
    const { strategy, seats } = seated(name, 999, 999);
    give(strategy, ...streams);
    for (const pin of seats[0]!.got) strategy.release(pin, seats[0]!);
    strategy.remove(seats[0]!);
    give(strategy, ...streams);
    expect(new Set(seats[1]!.got)).toEqual(new Set(streams));
  });

  it('gives a new one its share, first of what is not in flight', () => {
    const { strategy, seats } = seated(name, 999);
    give(strategy, ...streams);
    const [inFlight, finished] = [streams.slice(0, 10), streams.slice(10)];
    for (const pin of finished) strategy.release(pin, seats[0]!);
    const late = new Seat(999);
    strategy.add(late);
    seats[0]!.got.length = 0;
    give(strategy, ...streams);
    expect(seats[0]!.got).toEqual(expect.arrayContaining(inFlight));
    expect(late.got.length).toBeGreaterThan(20);
    expect(late.got.length).toBeLessThan(40);
  });

  it('gives a new one its share also while everything is in flight', () => {
    const { strategy, seats } = seated(name, 999);
    give(strategy, ...streams);
    const late = new Seat(999);
    strategy.add(late);
    for (const pin of streams) strategy.release(pin, seats[0]!);
    give(strategy, ...streams);
    expect(late.got.length).toBeGreaterThan(20);
    expect(late.got.length).toBeLessThan(40);
  });
});
