import {
  eventTypeFilter,
  excludeSystemEvents,
  streamNameFilter,
  type AllStreamSubscription,
  type Position,
  type StreamSubscription,
  type SubscribeToAllOptions,
  type SubscribeToStreamOptions,
} from '@eventstore/db-client';
import { events, many, TestNode } from './testing/test-node.ts';
import { eventually } from './testing/waiting.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

/** Everything that a subscription says, in the order it says it. */
class Ear {
  readonly heard: string[] = [];
  readonly revisions: number[] = [];
  readonly checkpoints: bigint[] = [];
  error: (Error & { type: string }) | undefined;
  #subscription: AllStreamSubscription | StreamSubscription | undefined;

  toAll(options: SubscribeToAllOptions = {}): this {
    return this.#listen(node.client.subscribeToAll(options));
  }

  toStream(stream: string, options: SubscribeToStreamOptions = {}): this {
    return this.#listen(node.client.subscribeToStream(stream, options));
  }

  readonly checkpointReached = (_: unknown, position: Position): Promise<void> => {
    this.heard.push('checkpoint');
    this.checkpoints.push(position.commit);
    return Promise.resolve();
  };

  hears(count: number, what: string): Promise<void> {
    return eventually(() => this.heard.filter((word) => word === what).length >= count, `${count} × ${what}`);
  }

  /** Afterwards nothing is on its way any more: what comes later would be heard after this. */
  async settles(): Promise<void> {
    await this.#subscription!.unsubscribe();
  }

  #listen(subscription: AllStreamSubscription | StreamSubscription): this {
    this.#subscription = subscription;
    subscription.on('confirmation', () => this.heard.push('confirmation'));
    subscription.on('caughtUp', () => this.heard.push('caughtUp'));
    subscription.on('fellBehind', () => this.heard.push('fellBehind'));
    subscription.on('error', (error) => (this.error = error as Error & { type: string }));
    subscription.on('data', ({ event }: { event?: { type: string; revision: bigint } }) => {
      this.heard.push(event!.type);
      this.revisions.push(Number(event!.revision));
    });
    return this;
  }
}

let stream: string;
let number = 0;
beforeEach(() => (stream = `watched-${number++}`));

describe('a subscription to a stream', () => {
  it('hears what there is, that this is all, and what comes', async () => {
    await node.client.appendToStream(stream, events('A', 'B'));
    const ear = new Ear().toStream(stream);
    await ear.hears(1, 'caughtUp');
    await node.client.appendToStream(`${stream}-other`, events('X'));
    await node.client.appendToStream(stream, events('C'));
    await ear.hears(1, 'C');
    expect(ear.heard).toEqual(['confirmation', 'A', 'B', 'caughtUp', 'C']);
    await ear.settles();
  });

  it('begins after the given revision', async () => {
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    const ear = new Ear().toStream(stream, { fromRevision: 1n });
    await ear.hears(1, 'caughtUp');
    expect(ear.heard).toEqual(['confirmation', 'C', 'caughtUp']);
    await ear.settles();
  });

  it('begins at the end with what comes', async () => {
    await node.client.appendToStream(stream, events('A', 'B'));
    const ear = new Ear().toStream(stream, { fromRevision: 'end' });
    await ear.hears(1, 'caughtUp');
    await node.client.appendToStream(stream, events('C'));
    await ear.hears(1, 'C');
    expect(ear.heard).toEqual(['confirmation', 'caughtUp', 'C']);
    await ear.settles();
  });

  it('waits for a stream that does not exist yet', async () => {
    const ear = new Ear().toStream(stream);
    await ear.hears(1, 'caughtUp');
    await node.client.appendToStream(stream, events('A'));
    await ear.hears(1, 'A');
    await ear.settles();
  });

  it('waits for a revision that does not exist yet', async () => {
    const ear = new Ear().toStream(stream, { fromRevision: 1n });
    await ear.hears(1, 'caughtUp');
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    await ear.hears(1, 'C');
    expect(ear.revisions).toEqual([2]);
    await ear.settles();
  });

  it('misses nothing and repeats nothing while others write', async () => {
    const writing = Promise.all(Array.from({ length: 40 }, () => node.client.appendToStream(stream, many(30))));
    const ear = new Ear().toStream(stream);
    await writing;
    await ear.hears(1200, 'Counted');
    expect(ear.revisions).toEqual(Array.from({ length: 1200 }, (_, revision) => revision));
    await ear.settles();
  });

  it('goes on after a soft deletion with the next revisions', async () => {
    await node.client.appendToStream(stream, events('A'));
    const ear = new Ear().toStream(stream);
    await ear.hears(1, 'A');
    await node.client.deleteStream(stream);
    await node.client.appendToStream(stream, events('B'));
    await ear.hears(1, 'B');
    expect(ear.revisions).toEqual([0, 1]);
    await ear.settles();
  });

  it('hears of the tombstone of its stream, and then ends with an error', async () => {
    await node.client.appendToStream(stream, events('A'));
    const ear = new Ear().toStream(stream);
    await ear.hears(1, 'caughtUp');
    await node.client.tombstoneStream(stream);
    await eventually(() => ear.error !== undefined, 'an error');
    expect(ear.error).toMatchObject({ type: 'stream-deleted', streamName: stream });
    expect(ear.heard.at(-1)).toBe('$streamDeleted');
  });

  it('begins with an error when the stream is tombstoned already', async () => {
    await node.client.tombstoneStream(stream);
    const ears = [new Ear().toStream(stream), new Ear().toStream(stream, { fromRevision: 'end' })];
    for (const ear of ears) {
      await eventually(() => ear.error?.type === 'stream-deleted', 'an error');
      expect(ear.heard).toEqual([]);
    }
  });

  it('hides what the metadata hides while it catches up', async () => {
    await node.client.appendToStream(stream, events('A', 'B', 'C'));
    await node.client.setStreamMetadata(stream, { truncateBefore: 2 });
    const ear = new Ear().toStream(stream);
    await ear.hears(1, 'caughtUp');
    expect(ear.heard).toEqual(['confirmation', 'C', 'caughtUp']);
    await ear.settles();
  });
});

describe('a subscription to everything', () => {
  it('begins after the given position', async () => {
    const { position } = await node.client.appendToStream(stream, events('A'));
    await node.client.appendToStream(stream, events('B'));
    const ear = new Ear().toAll({ fromPosition: position! });
    await ear.hears(1, 'caughtUp');
    expect(ear.heard).toEqual(['confirmation', 'B', 'caughtUp']);
    await ear.settles();
  });

  it('begins at the end with what comes', async () => {
    const ear = new Ear().toAll({ fromPosition: 'end' });
    await ear.hears(1, 'caughtUp');
    await node.client.appendToStream(stream, events('New'));
    await ear.hears(1, 'New');
    expect(ear.heard).toEqual(['confirmation', 'caughtUp', 'New']);
    await ear.settles();
  });

  it('hears the end of a tombstoned stream as an event', async () => {
    const ear = new Ear().toAll({ fromPosition: 'end' });
    await ear.hears(1, 'caughtUp');
    await node.client.tombstoneStream(stream);
    await ear.hears(1, '$streamDeleted');
    await ear.settles();
  });
});

describe('a filter', () => {
  const subscribe = async (filter: SubscribeToAllOptions['filter']): Promise<Ear> => {
    await node.client.appendToStream(`${stream}-red`, events('Apple', 'Brick'));
    await node.client.appendToStream(`${stream}-green`, events('Apple-tree', 'Pear'));
    const ear = new Ear().toAll({ filter });
    await ear.hears(1, 'caughtUp');
    await node.client.appendToStream(`${stream}-green`, events('Live-Apple'));
    await node.client.appendToStream(`${stream}-red`, events('Live-Brick'));
    await node.client.appendToStream(`${stream}-last`, events('Last'));
    return ear;
  };
  const words = (ear: Ear) => ear.heard.filter((word) => !['confirmation', 'caughtUp', 'checkpoint'].includes(word));

  it('takes prefixes of stream names', async () => {
    const ear = await subscribe(streamNameFilter({ prefixes: [`${stream}-red`, `${stream}-last`] }));
    await ear.hears(1, 'Last');
    expect(words(ear)).toEqual(['Apple', 'Brick', 'Live-Brick', 'Last']);
    await ear.settles();
  });

  it('takes a regular expression on stream names', async () => {
    const ear = await subscribe(streamNameFilter({ regex: `^${stream}-(green|last)$` }));
    await ear.hears(1, 'Last');
    expect(words(ear)).toEqual(['Apple-tree', 'Pear', 'Live-Apple', 'Last']);
    await ear.settles();
  });

  it('takes prefixes of event types', async () => {
    const ear = await subscribe(eventTypeFilter({ prefixes: ['Brick', 'Live-B', 'Last'] }));
    await ear.hears(1, 'Last');
    expect(new Set(words(ear))).toEqual(new Set(['Brick', 'Live-Brick', 'Last']));
    await ear.settles();
  });

  it('takes a regular expression on event types', async () => {
    const ear = await subscribe(eventTypeFilter({ regex: 'Apple$|^Last$' }));
    await ear.hears(1, 'Last');
    expect(new Set(words(ear))).toEqual(new Set(['Apple', 'Live-Apple', 'Last']));
    await ear.settles();
  });

  it('leaves out what the system wrote', async () => {
    const ear = await subscribe(excludeSystemEvents());
    await ear.hears(1, 'Last');
    expect(words(ear).filter((type) => type.startsWith('$'))).toEqual([]);
    await ear.settles();
  });

  it('that is no regular expression is refused', async () => {
    const ear = new Ear().toAll({ filter: eventTypeFilter({ regex: '(' }) });
    await eventually(() => ear.error !== undefined, 'an error');
    expect(ear.error!.message).toMatch(/Exception was thrown by handler/);
  });
});

describe('a checkpoint', () => {
  const silent = (ear: Ear, options: { maxSearchWindow?: number; checkpointInterval?: number }) =>
    streamNameFilter({ prefixes: ['nothing-'], checkpointReached: ear.checkpointReached, ...options });

  it('comes every interval times window of considered events, whether wanted or not, and at the end', async () => {
    const { position } = await node.client.appendToStream(stream, events('Here'));
    await node.client.appendToStream(stream, many(25));
    const ear = new Ear();
    ear.toAll({ fromPosition: position!, filter: silent(ear, { maxSearchWindow: 5, checkpointInterval: 2 }) });
    await ear.hears(1, 'caughtUp');
    expect(ear.heard).toEqual(['confirmation', 'checkpoint', 'checkpoint', 'checkpoint', 'caughtUp']);
    expect(ear.checkpoints.map((at) => Number(at - position!.commit))).toEqual([10, 20, 25]);
    await ear.settles();
  });

  it('comes once where the interval ends exactly at the end', async () => {
    const { position } = await node.client.appendToStream(stream, events('Here'));
    await node.client.appendToStream(stream, many(10));
    const ear = new Ear();
    ear.toAll({ fromPosition: position!, filter: silent(ear, { maxSearchWindow: 10 }) });
    await ear.hears(1, 'caughtUp');
    expect(ear.heard).toEqual(['confirmation', 'checkpoint', 'caughtUp']);
    await ear.settles();
  });

  it('comes live, too', async () => {
    const ear = new Ear();
    ear.toAll({ fromPosition: 'end', filter: silent(ear, { maxSearchWindow: 10 }) });
    await ear.hears(1, 'caughtUp');
    const { position } = await node.client.appendToStream(stream, many(25));
    await ear.hears(2, 'checkpoint');
    expect(ear.checkpoints.map((at) => Number(at - position!.commit))).toEqual([-15, -5]);
    await ear.settles();
  });

  it('can be gone on from without missing anything', async () => {
    const ear = new Ear();
    ear.toAll({ filter: silent(ear, {}) });
    await ear.hears(1, 'caughtUp');
    await ear.settles();
    await node.client.appendToStream(stream, events('After'));
    const commit = ear.checkpoints.at(-1)!;
    const next = new Ear().toAll({ fromPosition: { commit, prepare: commit } });
    await next.hears(1, 'caughtUp');
    expect(next.heard).toEqual(['confirmation', 'After', 'caughtUp']);
    await next.settles();
  });
});
