import fc from 'fast-check';
import { ExactSum } from './exact-sum.ts';

const whole = fc.oneof(fc.integer(), fc.maxSafeInteger());

describe('an exact sum', () => {
  it('is that of the numbers, however large it grows', () =>
    fc.assert(
      fc.property(fc.array(whole), (numbers) => {
        const sum = new ExactSum();
        for (const number of numbers) sum.add(number);
        expect(sum.total).toBe(numbers.reduce((total, number) => total + BigInt(number), 0n));
      }),
    ));

  it('is that of products, however large they are', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(whole, whole)), (pairs) => {
        const sum = new ExactSum();
        for (const [one, other] of pairs) sum.addProduct(one, other);
        expect(sum.total).toBe(pairs.reduce((total, [one, other]) => total + BigInt(one) * BigInt(other), 0n));
      }),
    ));
});
