import { inFunnelCurrency } from './amount.ts';

describe("an amount in the funnel's currency", () => {
  it('is taken as it is, whatever rate is given', () =>
    expect(inFunnelCurrency({ minor: 500, currency: 'CNY' }, '7.8', 'CNY')).toEqual({
      amount: { minor: 500, currency: 'CNY' },
    }));
  it('is converted at the rate, and what was said is kept', () =>
    expect(inFunnelCurrency({ minor: 10_001, currency: 'EUR' }, '7.85', 'CNY')).toEqual({
      amount: { minor: 78_508, currency: 'CNY' },
      conversion: { original: { minor: 10_001, currency: 'EUR' }, rate: '7.85' },
    }));
  it('is not guessed without a rate', () =>
    expect(inFunnelCurrency({ minor: 1, currency: 'EUR' }, undefined, 'CNY')).toEqual({
      code: 'currency-mismatch',
      expected: 'CNY',
      got: 'EUR',
    }));
  it('may come to the largest amount taken, not to more', () => {
    const millionMillions = { minor: 100_000_000_000_000, currency: 'EUR' };
    expect(inFunnelCurrency(millionMillions, '10', 'CNY')).toMatchObject({ amount: { minor: 1_000_000_000_000_000 } });
    expect(inFunnelCurrency(millionMillions, '10.000001', 'CNY')).toEqual({ code: 'amount-too-large' });
    expect(inFunnelCurrency({ ...millionMillions, minor: -100_000_000_000_000 }, '11', 'CNY')).toEqual({
      code: 'amount-too-large',
    });
  });
});
