import fc from 'fast-check';
import { comparePositions, formatPosition, logStart, parsePosition, parseWeight, roundWeighted } from './index.ts';

const position = fc.record({
  commit: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  prepare: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});

describe('a place in the log', () => {
  it('is the same after writing and reading it', () => {
    fc.assert(fc.property(position, (at) => expect(parsePosition(formatPosition(at))).toEqual(at)));
    expect(formatPosition({ commit: 12n, prepare: 12n })).toBe('12');
    expect(formatPosition({ commit: 12n, prepare: 11n })).toBe('12-11');
  });

  it('is ordered by commit, then prepare', () => {
    const at = (commit: bigint, prepare: bigint) => ({ commit, prepare });
    expect(comparePositions(at(9n, 9n), at(10n, 1n))).toBe(-1);
    expect(comparePositions(at(10n, 2n), at(10n, 1n))).toBe(1);
    expect(comparePositions(logStart, at(0n, 0n))).toBe(0);
  });

  it.each(['', '-1', '1/2', 'x', '1-', '123456789012345678901'])('is not %j', (text) =>
    expect(parsePosition(text)).toBeUndefined(),
  );
});

describe('a weight', () => {
  it('has at most four decimals, from 0 to 1', () => {
    expect([0, 0.25, 0.3333, 1].map(parseWeight)).toEqual([0, 2_500, 3_333, 10_000]);
    expect([-0.1, 1.0001, 0.12345, Number.NaN].map(parseWeight)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('weighs exactly, rounded only to be shown', () => {
    expect(roundWeighted(100_000_000n * 2_500n)).toBe(25_000_000n);
    expect(roundWeighted(1n * 5_000n)).toBe(1n);
    expect(roundWeighted(-1n * 5_000n)).toBe(-1n);
  });
});
