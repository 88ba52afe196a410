import { amountSpread, countSpread, nearestRank } from './spread.ts';

describe('the spread of what runs bring', () => {
  it('is by nearest rank', () => {
    const ten = Float64Array.from({ length: 10 }, (_, index) => index + 1);
    expect([0, 10, 11, 50, 90, 100].map((percent) => nearestRank(ten, percent))).toEqual([1, 1, 2, 5, 9, 10]);
    expect(nearestRank(Float64Array.of(3), 50)).toBe(3);
  });
  it('has an exact mean of amounts beyond what plain numbers can add up', () => {
    const most = 2 ** 53 - 1;
    expect(amountSpread(Float64Array.of(most, most, 3, most))).toEqual({
      ...{ p10: 3n, p50: BigInt(most), p90: BigInt(most) },
      mean: (3n * BigInt(most) + 3n + 2n) / 4n,
    });
  });
  it('rounds the mean of amounts half away from zero', () =>
    expect([amountSpread(Float64Array.of(1, 2)).mean, amountSpread(Float64Array.of(-1, -2)).mean]).toEqual([2n, -2n]));
  it('has a mean of counts to four places', () =>
    expect(countSpread(Float64Array.of(2, 0, 0))).toEqual({ p10: 0, p50: 0, p90: 2, mean: 0.6667 }));
});
