import fc from 'fast-check';
import { durationStatistics, ratio, sumOf } from './statistics.ts';

describe('durations', () => {
  it('have the middle one as their median', () => {
    expect(durationStatistics([9_000, 1_000, 2_500]).medianSeconds).toBe(2.5);
  });

  it('have the mean of the two middle ones as the median of an even count', () => {
    expect(durationStatistics([1_000, 9_000, 2_501, 2_500]).medianSeconds).toBe(2.5005);
  });

  it('take the 90th percentile at the nearest rank', () => {
    const tenths = Array.from({ length: 10 }, (_, index) => (index + 1) * 1_000);
    expect(durationStatistics(tenths).p90Seconds).toBe(9);
    expect(durationStatistics([...tenths, 11_000]).p90Seconds).toBe(10);
    expect(durationStatistics([4_000]).p90Seconds).toBe(4);
  });

  it('have a mean that is rounded to the millisecond', () => {
    expect(durationStatistics([1, 1, 2])).toMatchObject({ count: 3, meanSeconds: 0.001 });
    expect(durationStatistics([1, 2])).toMatchObject({ meanSeconds: 0.002 });
  });

  it('say nothing of none', () => {
    expect(durationStatistics([])).toEqual({ count: 0, medianSeconds: null, p90Seconds: null, meanSeconds: null });
  });

  it('have the quantiles that sorting them gives', () => {
    const durations = fc.array(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 7_000_000_000_000 })), { minLength: 1 });
    fc.assert(
      fc.property(durations, (some) => {
        const sorted = some.toSorted((one, other) => one - other);
        const middles = [sorted[(some.length - 1) >> 1], sorted[some.length >> 1]] as [number, number];
        expect(durationStatistics(some)).toMatchObject({
          medianSeconds: (middles[0] + middles[1]) / 2 / 1_000,
          p90Seconds: Number(sorted[Math.ceil((some.length * 9) / 10) - 1]) / 1_000,
        });
      }),
    );
  });

  it('have figures that do not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7_000_000_000_000 })), (durations) => {
        expect(durationStatistics(durations.toReversed())).toEqual(durationStatistics(durations));
      }),
    );
  });
});

describe('sums', () => {
  it('are exact beyond the exact plain numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (numbers) => {
        expect(sumOf(numbers)).toBe(numbers.reduce((sum, number) => sum + BigInt(number), 0n));
      }),
    );
  });
});

describe('a ratio', () => {
  it('is unknown of nothing', () => {
    expect(ratio(1, 4)).toBe(0.25);
    expect(ratio(0, 0)).toBeNull();
    expect(ratio(3n, 0n)).toBeNull();
  });
});
