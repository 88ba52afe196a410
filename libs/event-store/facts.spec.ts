import { toPending } from './envelope.ts';
import { chunksOf } from './facts.ts';
import { counterEvents, fact } from './testing/counter.ts';

const events = (count: number, note: string) =>
  Array.from({ length: count }, () => {
    const counted = fact(1, undefined, note);
    return toPending(counterEvents, counted, counted);
  });
const sizes = (...parts: ReturnType<typeof events>[]) => [...chunksOf(parts.flat())].map((chunk) => chunk.length);

describe('the chunks of an append', () => {
  it('hold at most 500 events', () => {
    expect(sizes(events(1_200, ''))).toEqual([500, 500, 200]);
    expect(sizes(events(500, ''))).toEqual([500]);
    expect(sizes()).toEqual([]);
  });

  it('hold less than a megabyte, counted in bytes and not in letters', () => {
    expect(sizes(events(4, 'x'.repeat(300_000)))).toEqual([3, 1]);
    expect(sizes(events(4, '漏'.repeat(100_000)))).toEqual([3, 1]);
  });

  it('leave an event that is too large for any append alone, for the store to refuse', () => {
    expect(sizes(events(1, 'a'), events(1, 'x'.repeat(2_000_000)), events(2, 'b'))).toEqual([1, 1, 2]);
  });
});
