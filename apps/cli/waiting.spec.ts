import { jest } from '@jest/globals';
import { waiting } from './waiting.ts';

const shell = (isTTY: boolean) => {
  const said: string[] = [];
  return { isTTY, said, write: (text: string) => said.push(text) };
};

describe('waiting for long work', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('says nothing of what is done at once', async () => {
    const quick = shell(true);
    expect(await waiting('drawing', Promise.resolve(7), quick)).toBe(7);
    expect(quick.said).toEqual([]);
  });
  it('counts the seconds on one line, which it takes away in the end', async () => {
    const [seen, { promise, resolve }] = [shell(true), Promise.withResolvers<void>()];
    const work = waiting('drawing', promise, seen);
    jest.advanceTimersByTime(2_000);
    resolve();
    await work;
    expect(seen.said).toEqual(['\rdrawing … 1 s', '\rdrawing … 2 s', '\r\u001b[K']);
  });
  it('says it once to a file, also where the work fails', async () => {
    const [file, { promise, reject }] = [shell(false), Promise.withResolvers<void>()];
    const work = waiting('drawing', promise, file);
    jest.advanceTimersByTime(3_000);
    reject(new Error('broken'));
    await expect(work).rejects.toThrow('broken');
    expect(file.said).toEqual(['drawing …\n']);
  });
});
