import fc from 'fast-check';
import {
  allocate,
  convert,
  divideRounded,
  formatMinor,
  isCurrency,
  maxMinor,
  minorDigits,
  parseMinor,
} from './index.ts';

const minor = fc.oneof(fc.integer({ min: -maxMinor, max: maxMinor }), fc.constantFrom(-maxMinor, maxMinor));

describe('an amount', () => {
  it.each([
    ['1000000.00', 'CNY', 100_000_000],
    ['0.05', 'EUR', 5],
    ['12', 'JPY', 12],
    ['1.234', 'KWD', 1_234],
    ['-3.5', 'CNY', -350],
    ['1.50000', 'CNY', 150],
    ['1000000000000000', 'JPY', maxMinor],
  ])('reads %s %s', (value, currency, expected) => expect(parseMinor(value, currency)).toBe(expected));

  it.each([
    ['1.234', 'CNY'],
    ['1.5', 'JPY'],
    ['1,000', 'CNY'],
    ['1e3', 'CNY'],
    ['', 'CNY'],
    ['99999999999999999', 'CNY'],
    ['10000000000000.01', 'CNY'],
    ['1000000000000001', 'JPY'],
  ])('refuses %j in %s', (value, currency) => expect(parseMinor(value, currency)).toBeUndefined());

  it('is the same after writing and reading it', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom('CNY', 'JPY', 'KWD'), (amount, currency) => {
        expect(parseMinor(formatMinor(amount, currency), currency)).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });

  it('is shown with the places of its currency', () => {
    expect([
      formatMinor(100_000_000, 'CNY'),
      formatMinor(-5, 'EUR'),
      formatMinor(7, 'JPY'),
      formatMinor(5n, 'KWD'),
    ]).toEqual(['1000000.00', '-0.05', '7', '0.005']);
  });

  it('knows currencies and their places', () => {
    expect([isCurrency('CNY'), isCurrency('EURO'), minorDigits('JPY')]).toEqual([true, false, 0]);
  });
});

describe('rounding', () => {
  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [4n, 3n, 1n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [7n, 7n, 1n],
  ])('%d / %d is %d, half away from zero', (numerator, denominator, expected) =>
    expect(divideRounded(numerator, denominator)).toBe(expected),
  );
});

describe('splitting a whole', () => {
  const shares = fc
    .array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((share) => share > 0));

  it('always adds up, and no part is further than one unit from its share', () => {
    fc.assert(
      fc.property(minor, shares, (whole, weights) => {
        const parts = allocate(whole, weights);
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(whole));
        const total = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
        parts.forEach((part, index) => {
          const distance = BigInt(part) * total - BigInt(whole) * BigInt(weights[index] ?? 0);
          expect(distance < total && distance > -total).toBe(true);
        });
      }),
    );
  });

  it('gives what is left over to the largest remainder, the earlier part first', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocate(10, [0, 1])).toEqual([0, 10]);
  });

  it('refuses shares that cannot be meant', () => {
    expect(() => allocate(10, [0, 0])).toThrow(RangeError);
    expect(() => allocate(10, [2, -1])).toThrow(RangeError);
  });
});

describe('another currency', () => {
  it('is converted at the rate given, rounded once', () => {
    expect(convert({ minor: 10_000, currency: 'USD' }, '7.1234', 'CNY')).toEqual({ minor: 71_234, currency: 'CNY' });
    expect(convert({ minor: 1_000, currency: 'JPY' }, '0.0485', 'CNY')).toEqual({ minor: 4_850, currency: 'CNY' });
    expect(convert({ minor: 1, currency: 'EUR' }, '0.5', 'EUR')).toEqual({ minor: 1, currency: 'EUR' });
  });
});
