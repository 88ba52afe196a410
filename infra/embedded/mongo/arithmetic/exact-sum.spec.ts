import { Decimal128, Long } from 'bson';
import { ExactSum } from './exact-sum.ts';

const sumOf = (...values: unknown[]): ExactSum => {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum;
};

describe('a sum', () => {
  it('stays exact where ints add up to more than a double holds', () => {
    const most = 2 ** 31 - 1;
    const count = 2 ** 22 + 3;
    const sum = new ExactSum();
    for (let i = 0; i < count; i++) sum.add(most);
    expect(sum.total).toEqual(Long.fromBigInt(BigInt(most) * BigInt(count)));
  });

  it('keeps what is small beside what is large', () => {
    expect(sumOf(1e100, 0.5, -1e100).total).toBe(0.5);
    expect(sumOf(Long.MAX_VALUE, Long.MIN_VALUE).total).toEqual(Long.fromNumber(-1));
  });

  it('is of the widest type, and counts numbers only', () => {
    const sum = sumOf(1, 'two', null, Decimal128.fromString('1.50'));
    expect(String(sum.total)).toBe('2.50');
    expect(String(sum.average)).toBe('1.25');
    expect(sumOf('two').average).toBeNull();
  });
});
