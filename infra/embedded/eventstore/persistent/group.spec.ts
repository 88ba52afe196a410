import fc from 'fast-check';
import type { Connection, Message } from './consumer.ts';
import { Group } from './group.ts';
import { strategyNames, type GroupSettings } from './settings.ts';

const usual: GroupSettings = {
  startFrom: 'start',
  resolveLinks: false,
  extraStatistics: true,
  messageTimeout: 100,
  maxRetryCount: 2,
  checkpointAfter: 1000,
  minCheckpointCount: 1,
  maxCheckpointCount: 1,
  maxSubscriberCount: 0,
  liveBufferSize: 10,
  readBatchSize: 5,
  historyBufferSize: 10,
  strategy: 'RoundRobin',
};

class Client implements Connection {
  readonly name = 'client';
  readonly got: string[] = [];
  isReady = true;
  isGone = false;
  readonly bufferSize: number;

  constructor(bufferSize = 10) {
    this.bufferSize = bufferSize;
  }

  send({ id, retries }: Message): void {
    if (this.isGone) throw new Error('Nobody is there any more.');
    this.got.push(retries === 0 ? id : `${id}+${retries}`);
  }

  drop(): void {}
}

/** A group with a clock of its own; events are named by letters and stand at their number in the alphabet. */
class Bench {
  readonly group: Group;
  readonly parked: string[] = [];
  readonly replayed: number[] = [];
  readonly checkpoints: number[] = [];
  now = 0;
  canPark = true;

  constructor(changes: Partial<GroupSettings> = {}) {
    this.group = new Group({ ...usual, ...changes }, 0, {
      now: () => this.now,
      park: ({ id }, reason, done) => {
        if (this.canPark) this.parked.push(`${id}: ${reason}`);
        done(this.canPark);
      },
      checkpoint: (place) => this.checkpoints.push(place),
      replayed: (parkedAt) => this.replayed.push(parkedAt),
    });
  }

  add(letters: string): void {
    for (const id of letters) this.group.add({ id, place: id.charCodeAt(0) - 96, pin: id, stored: Buffer.alloc(0) });
    this.group.push();
  }

  connect(bufferSize?: number): { client: Client; leave: () => void } {
    const client = new Client(bufferSize);
    const consumer = this.group.connect(client);
    this.group.push();
    const leave = (): void => {
      client.isGone = true;
      this.group.disconnect(consumer);
    };
    return { client, leave };
  }

  after(milliseconds: number): void {
    this.now += milliseconds;
    this.group.tick();
    this.group.push();
  }
}

describe('a group', () => {
  it('lets events wait until somebody is there, and keeps their order', () => {
    const bench = new Bench();
    bench.add('abc');
    expect(bench.group.counts).toEqual({ fresh: 3, retries: 0, inFlight: 0 });
    expect(bench.connect().client.got).toEqual(['a', 'b', 'c']);
    expect(bench.group.counts).toEqual({ fresh: 0, retries: 0, inFlight: 3 });
  });

  it('says how many more may wait', () => {
    const bench = new Bench();
    bench.add('abc');
    expect(bench.group.room).toBe(7);
    const { leave } = bench.connect(2);
    expect(bench.group.room).toBe(9);
    leave();
    expect(bench.group.room).toBe(7);
  });

  it('lets large events wait where they are', () => {
    const bench = new Bench();
    const add = (id: string, place: number) =>
      bench.group.add({ id, place, pin: '', stored: Buffer.alloc(9 * 1024 * 1024) });
    add('a', 1);
    expect(bench.group.room).toBe(9);
    add('b', 2);
    expect(bench.group.room).toBe(0);
    bench.connect(1);
    expect(bench.group.room).toBe(9);
  });

  it('gives nobody more than fits into their buffer', () => {
    const bench = new Bench();
    const { client } = bench.connect(2);
    bench.add('abcd');
    expect(client.got).toEqual(['a', 'b']);
    bench.group.acknowledge(['a']);
    bench.group.push();
    expect(client.got).toEqual(['a', 'b', 'c']);
  });

  it('gives nothing to who does not take it', () => {
    const bench = new Bench();
    const { client } = bench.connect();
    client.isReady = false;
    bench.add('a');
    expect(client.got).toEqual([]);
  });

  it('ignores an acknowledgement of what is with nobody', () => {
    const bench = new Bench();
    const { client } = bench.connect();
    bench.add('ab');
    bench.group.acknowledge(['x', 'a', 'a']);
    expect(bench.group.counts.inFlight).toBe(1);
    expect(client.got).toEqual(['a', 'b']);
  });

  it('sends what has the same id as something in flight only afterwards', () => {
    const bench = new Bench();
    const { client } = bench.connect();
    bench.add('aba');
    expect(client.got).toEqual(['a', 'b']);
    bench.group.acknowledge(['a']);
    bench.group.push();
    expect(client.got).toEqual(['a', 'b', 'a']);
  });

  it('is full at its maximum number of subscribers', () => {
    const bench = new Bench({ maxSubscriberCount: 1 });
    const { leave } = bench.connect();
    expect(bench.group.isFull).toBe(true);
    leave();
    expect(bench.group.isFull).toBe(false);
  });

  it('shares what is pinned anew when somebody joins, first what is not in flight', () => {
    const bench = new Bench({ strategy: 'Pinned' });
    const { client: first } = bench.connect();
    bench.add('abcdefgh');
    bench.group.acknowledge([...'cdefgh']);
    const { client: second } = bench.connect();
    first.got.length = 0;
    bench.group.acknowledge(['a', 'b']);
    bench.add('abcdefgh');
    expect(first.got).toEqual(expect.arrayContaining(['a', 'b']));
    expect(second.got).toHaveLength(4);
  });

  it('measures how long its consumers take', () => {
    const bench = new Bench({ messageTimeout: 0 });
    bench.connect();
    bench.add('ab');
    bench.now = 30;
    bench.group.acknowledge(['a']);
    bench.now = 50;
    bench.group.acknowledge(['b']);
    const [consumer] = bench.group.consumers;
    expect(Object.fromEntries(consumer!.latencies!.summary())).toMatchObject({ Mean: 40, Fastest: 30, Highest: 50 });
  });
});

describe('what was not handled', () => {
  it('comes again after the time-out, ahead of what is new, until it is parked', () => {
    const bench = new Bench();
    const { client } = bench.connect(1);
    bench.add('ab');
    bench.after(99);
    expect(client.got).toEqual(['a']);
    bench.after(1);
    bench.after(100);
    expect(client.got).toEqual(['a', 'a+1', 'a+2']);
    bench.after(100);
    expect(bench.parked).toEqual(['a: Reached retry count of 2']);
    expect(client.got.at(-1)).toBe('b');
  });

  it('never comes again without a time-out', () => {
    const bench = new Bench({ messageTimeout: 0 });
    const { client } = bench.connect();
    bench.add('a');
    bench.after(1e9);
    expect(client.got).toEqual(['a']);
  });

  it.each(['retry', 'unknown'] as const)('comes again after a nack (%s), in the order of the log', (refusal) => {
    const bench = new Bench();
    const { client } = bench.connect(2);
    bench.add('abcd');
    bench.group.refuse(['b', 'a'], refusal, '');
    bench.group.push();
    expect(client.got).toEqual(['a', 'b', 'a+1', 'b+1']);
  });

  it.each(['skip', 'stop'] as const)('is done with after a nack (%s)', (refusal) => {
    const bench = new Bench();
    bench.connect();
    bench.add('a');
    bench.group.refuse(['a'], refusal, '');
    expect(bench.group.counts).toEqual({ fresh: 0, retries: 0, inFlight: 0 });
    expect(bench.checkpoints).toEqual([1]);
  });

  it('is parked when that is asked for, and counts as handled when it is', () => {
    const bench = new Bench();
    bench.connect();
    bench.add('a');
    bench.group.refuse(['a'], 'park', 'no use');
    expect(bench.parked).toEqual(["a: Client explicitly NAK'ed message.\nno use"]);
    expect(bench.checkpoints).toEqual([1]);
  });

  it('is not lost when it cannot be parked', () => {
    const bench = new Bench();
    const { client } = bench.connect();
    bench.add('a');
    bench.canPark = false;
    bench.group.refuse(['a'], 'park', '');
    expect(bench.checkpoints).toEqual([]);
    bench.group.push();
    expect(client.got).toEqual(['a', 'a']);
  });

  it('goes to others when its consumer leaves, which counts as one more try', () => {
    const bench = new Bench({ maxRetryCount: 0 });
    const { client, leave } = bench.connect();
    bench.add('ab');
    bench.group.acknowledge(['b']);
    leave();
    expect(client.got).toEqual(['a', 'b']);
    expect(bench.connect().client.got).toEqual(['a+1']);
    expect(bench.parked).toEqual([]);
  });

  it('stays with those who do not leave', () => {
    const bench = new Bench();
    const [{ client }, { leave }] = [bench.connect(), bench.connect()];
    bench.add('abcd');
    leave();
    bench.group.push();
    expect(client.got).toEqual(['a', 'c', 'b+1', 'd+1']);
  });
});

describe('a checkpoint', () => {
  it('does not pass what is in flight, waits or is to come again', () => {
    const bench = new Bench();
    const { leave } = bench.connect(2);
    bench.add('abc');
    bench.group.acknowledge(['b']);
    expect(bench.checkpoints).toEqual([]);
    leave();
    bench.group.pass(9, 6);
    expect(bench.checkpoints).toEqual([]);
    bench.connect();
    bench.group.acknowledge(['a']);
    expect(bench.checkpoints).toEqual([2]);
    bench.group.acknowledge(['c']);
    expect(bench.checkpoints).toEqual([2, 9]);
  });
});

describe('what was parked before', () => {
  it('comes after other retries and before what is new', () => {
    const bench = new Bench();
    bench.add('ab');
    const { leave } = bench.connect(1);
    leave();
    bench.group.addParked({ id: 'x', parkedAt: 7, pin: '', stored: Buffer.alloc(0) });
    expect(bench.connect().client.got).toEqual(['a+1', 'x', 'b']);
    bench.group.acknowledge(['x']);
    expect(bench.replayed).toEqual([7]);
    expect(bench.checkpoints).toEqual([]);
  });
});

describe('whatever consumers do', () => {
  const choice = fc.nat({ max: 9 });
  const step = fc.oneof(
    ...(['add', 'connect', 'leave', 'acknowledge', 'retry', 'park', 'skip', 'wait'] as const).map((what) =>
      fc.record({ what: fc.constant(what), choice }),
    ),
  );

  /** Plays the steps and then lets one consumer acknowledge all that is left; says what became of every event. */
  const play = (strategy: GroupSettings['strategy'], steps: { what: string; choice: number }[]) => {
    const bench = new Bench({ strategy, historyBufferSize: 1e6 });
    const connected: ReturnType<Bench['connect']>[] = [];
    const added: string[] = [];
    const handled: string[] = [];
    const settle = (id: string, work: (ids: string[]) => void): void => {
      const before = bench.group.counts.inFlight;
      work([id]);
      if (bench.group.counts.inFlight < before) handled.push(id);
    };
    const acknowledge = (ids: string[]): void => bench.group.acknowledge(ids);
    const newest = (number: number): string => added.at(-1 - number) ?? 'nothing';
    const run: Record<string, (number: number) => void> = {
      add: () => {
        added.push(`e${added.length + 1}`);
        bench.group.add({ id: newest(0), place: added.length, pin: `p${added.length % 5}`, stored: Buffer.alloc(0) });
      },
      connect: (number) => connected.push(bench.connect(1 + (number % 3))),
      leave: (number) => connected.splice(number, 1)[0]?.leave(),
      acknowledge: (number) => settle(newest(number), acknowledge),
      skip: (number) => settle(newest(number), (ids) => bench.group.refuse(ids, 'skip', '')),
      retry: (number) => bench.group.refuse([newest(number)], 'retry', ''),
      park: (number) => bench.group.refuse([newest(number)], 'park', ''),
      wait: (number) => bench.after(number * 20),
    };
    for (const { what, choice: number } of steps) {
      run[what]!(number);
      bench.group.push();
      for (const { freeSlots } of bench.group.consumers) expect(freeSlots).toBeGreaterThanOrEqual(0);
    }
    for (const { leave } of connected) leave();
    bench.connect(1e6);
    for (const id of added) settle(id, acknowledge);
    return { bench, added, settled: [...handled, ...bench.parked.map((text) => text.split(':')[0]!)] };
  };

  it.each(strategyNames)('no event is lost or settled twice (%s)', (strategy) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const { bench, added, settled } = play(strategy, steps);
        expect(settled.toSorted()).toEqual(added.toSorted());
        expect(bench.group.counts).toEqual({ fresh: 0, retries: 0, inFlight: 0 });
        expect(bench.checkpoints.at(-1) ?? 0).toBe(added.length);
      }),
    );
  });
});
