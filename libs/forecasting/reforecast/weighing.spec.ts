import { bigAt, digitsOf, noDigits } from './digits.ts';
import { grouped, weigh } from './weighing.ts';

describe('weighing amounts', () => {
  it('is exact however many there are in a group', () => {
    const amounts = Float64Array.from({ length: 200_000 }, (_, place) => 2 ** 26 * (place % 7) + 2 ** 26 - 1);
    const groups = Uint32Array.from(amounts, (_, place) => place % 3 && 1);
    const terms = Uint32Array.from(amounts, (_, place) => place % 2);
    const sums = noDigits(2);
    weigh(grouped({ amounts: digitsOf(amounts), groups, terms }, 2), Float64Array.of(9_999, 9_997), sums);
    const expected = [0n, 0n];
    for (const [place, amount] of amounts.entries()) {
      expected[groups[place]!]! += BigInt(amount) * (terms[place] ? 9_997n : 9_999n);
    }
    expect([bigAt(sums, 0), bigAt(sums, 1)]).toEqual(expected);
  });

  it('takes what is negative, too', () => {
    const amounts = Float64Array.of(-5, 2 ** 52, -(2 ** 52), 3);
    const cells = grouped({ amounts: digitsOf(amounts), groups: new Uint32Array(4), terms: new Uint32Array(4) }, 1);
    const sums = noDigits(1);
    weigh(cells, Float64Array.of(-10_000), sums);
    expect(bigAt(sums, 0)).toBe(20_000n);
  });
});
