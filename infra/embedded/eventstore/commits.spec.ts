import type { ServerWritableStream } from '@grpc/grpc-js';
import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { Commits } from './commits.ts';
import { Tail } from './log/tail.ts';
import { Outbox } from './outbox.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const start = () => {
  const tail = new Tail(0);
  const call = new EventEmitter();
  const commits = new Commits({ tail, outbox: new Outbox(call as ServerWritableStream<unknown, Uint8Array>) });
  const heard: number[] = [];
  const hear = async (): Promise<void> => {
    for (;;) {
      await commits.next();
      heard.push(tail.last);
    }
  };
  const commit = async (position: number): Promise<void> => {
    const event = { id: '', stream: 's', type: 't', revision: position, position, message: Buffer.alloc(1) };
    tail.push([event]);
    await jest.advanceTimersByTimeAsync(1);
  };
  return { tail, call, commits, heard, hear, commit };
};

describe('the commits that a subscription hears of', () => {
  it('are told at once after a quiet time, and together when they follow each other', async () => {
    const { heard, hear, commit } = start();
    void hear();
    for (const position of [1, 2, 3, 4]) await commit(position);
    expect(heard).toEqual([1]);
    await jest.advanceTimersByTimeAsync(20);
    expect(heard).toEqual([1, 4]);
    await jest.advanceTimersByTimeAsync(20);
    await commit(5);
    expect(heard).toEqual([1, 4, 5]);
  });

  it('are told at once to who waits for them before the next, once that has shown', async () => {
    const { heard, hear, commit } = start();
    void hear();
    let position = 0;
    const waitedFor = async (): Promise<number> => {
      await commit(++position);
      let waited = 0;
      for (; heard.at(-1) !== position; waited++) await jest.advanceTimersByTimeAsync(1);
      return waited;
    };
    const waits: number[] = [];
    for (let round = 0; round < 200; round++) waits.push(await waitedFor());
    expect(waits.slice(0, 3)).toEqual([0, expect.any(Number), 0]);
    expect(waits.filter((wait) => wait > 0).length).toBeLessThan(10);
    for (let more = 0; more < 100; more++) await commit(++position);
    await jest.advanceTimersByTimeAsync(20);
    const told = heard.length;
    for (let more = 0; more < 100; more++) await commit(++position);
    expect(heard.length - told).toBeLessThan(12);
  });

  it('are not waited for any more when nobody listens', async () => {
    const { call, commits, commit } = start();
    const first = commits.next();
    await commit(1);
    await first;
    const second = commits.next();
    call.emit('close');
    await expect(second).resolves.toBeUndefined();
  });
});
