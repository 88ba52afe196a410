import { once } from 'node:events';
import { Readable } from 'node:stream';
import { NoAnswer } from './deadline.ts';
import { Intake } from './intake.ts';

/** An endless stream that counts what was taken from its source. */
const endless = (highWaterMark: number) => {
  const source = { read: 0 };
  const stream = new Readable({
    objectMode: true,
    highWaterMark,
    read() {
      this.push({ number: source.read++ });
    },
  });
  return { source, stream };
};

describe('an intake', () => {
  it('takes what is there at once, at most as much as was wanted, in order', async () => {
    const { stream } = endless(10);
    const intake = new Intake<{ number: number }>(stream);
    const items = [...((await intake.next({ most: 4 })) ?? []), ...((await intake.next({ most: 4 })) ?? [])];
    expect(items.length).toBeGreaterThan(1);
    expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => index));
    stream.destroy();
  });

  it('reads no further ahead of its consumer than the high-water mark', async () => {
    const { source, stream } = endless(10);
    const intake = new Intake(stream);
    const items = await intake.next({ most: 4 });
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(source.read - (items?.length ?? 0)).toBeLessThanOrEqual(10);
    stream.destroy();
  });

  it('gives what came before an error, then the error', async () => {
    const stream = new Readable({ objectMode: true, read: () => undefined });
    const intake = new Intake(stream);
    stream.push('first');
    stream.emit('error', new Error('broken'));
    expect(await intake.next({ most: 9 })).toEqual(['first']);
    await expect(intake.next({ most: 9 })).rejects.toThrow('broken');
  });

  it('ends with its stream', async () => {
    const intake = new Intake(Readable.from(['only']));
    expect([await intake.next({ most: 9 }), await intake.next({ most: 9 })]).toEqual([['only'], undefined]);
  });

  it('fails when nothing comes in time', async () => {
    const intake = new Intake(new Readable({ objectMode: true, read: () => undefined }));
    await expect(intake.next({ most: 1, withinMs: 5 })).rejects.toThrow(NoAnswer);
  });

  it('lets what is left flow away once it is closed, so that the call behind it ends', async () => {
    const stream = Readable.from(Array.from({ length: 100 }, (_, index) => index));
    const intake = new Intake(stream);
    await intake.next({ most: 1 });
    const ended = once(stream, 'end');
    intake.close();
    await ended;
  });

  it('ends quietly when its consumer aborts', async () => {
    const stop = new AbortController();
    const next = new Intake(new Readable({ objectMode: true, read: () => undefined })).next({
      most: 1,
      signal: stop.signal,
    });
    stop.abort();
    expect(await next).toBeUndefined();
  });
});
