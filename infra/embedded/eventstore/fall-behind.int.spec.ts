import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { EventLog } from './log/event-log.ts';
import { Outbox } from './outbox.ts';
import { presentation } from './presentation.ts';
import type { ReadRequest } from './read-request.ts';
import { subscribe } from './subscribe.ts';
import { eventually } from './testing/waiting.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-behind-'));
const log = new EventLog(dataFolder, { maxEvents: 5 });
afterAll(() => {
  log.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** The other end of a connection: takes one message at a time, and only while it is open. */
class Reader extends Writable {
  readonly heard: (string | number)[] = [];
  #isOpen = true;
  #goOn: (() => void) | undefined;

  constructor() {
    super({ objectMode: true, highWaterMark: 1 });
  }

  stop(): void {
    this.#isOpen = false;
  }

  goOn(): void {
    this.#isOpen = true;
    this.#goOn?.();
  }

  override _write(message: Uint8Array, _: string, done: () => void): void {
    const take = (): void => {
      this.heard.push(nameOf(streams.ReadResp.deserializeBinary(message)));
      setImmediate(done);
    };
    if (this.#isOpen) take();
    else this.#goOn = take;
  }
}

const nameOf = (answer: InstanceType<typeof streams.ReadResp>): string | number => {
  if (answer.hasEvent()) return Number(answer.getEvent()!.getEvent()!.getStreamRevision());
  if (answer.hasCaughtUp()) return 'caught up';
  if (answer.hasFellBehind()) return 'fell behind';
  return answer.hasConfirmation() ? 'confirmed' : 'checkpoint';
};

const everything: ReadRequest = {
  from: 'end',
  isBackwards: false,
  resolveLinks: false,
  count: 'subscription',
  uuidAsText: true,
  compatibility: 0,
};

const append = (stream: string): Promise<void> =>
  new Promise((resolve) => {
    const event = { id: randomUUID(), type: 'T', isJson: true, data: Buffer.alloc(0), metadata: Buffer.alloc(0) };
    log.append({ stream, expected: 'any', events: [event] }, () => resolve());
  });

describe('a subscription that is too slow', () => {
  it.each<[string, Partial<ReadRequest>]>([
    ['everything', {}],
    ['a stream', { stream: 'to a stream' }],
    ['a filter', { filter: { on: 'stream', matches: (name) => name === 'to a filter', checkpointInterval: 1000 } }],
  ])('to %s goes on without a gap, and says only that it caught up', async (what, change) => {
    const reader = new Reader();
    const outbox = new Outbox(reader as never);
    const request = { ...everything, ...change };
    const over = subscribe({ log, request, outbox, present: presentation(log.reader, request) });
    await eventually(() => reader.heard.includes('caught up'), 'caught up');
    reader.stop();
    for (let count = 0; count < 20; count++) await append(`to ${what}`);
    reader.goOn();
    await eventually(() => reader.heard.lastIndexOf('caught up') > 2, 'caught up again');
    await append(`to ${what}`);
    await eventually(() => reader.heard.includes(20), 'the live event');
    reader.destroy();
    await over;
    expect(reader.heard.filter((word) => typeof word === 'number')).toEqual(Array.from({ length: 21 }, (_, at) => at));
    const words = reader.heard.filter((word) => typeof word === 'string' && word !== 'checkpoint');
    expect(words).toEqual(['confirmed', 'caught up', 'caught up']);
    expect(reader.heard.filter((word) => word === 'checkpoint')).toHaveLength(change.filter ? 2 : 0);
  });
});
