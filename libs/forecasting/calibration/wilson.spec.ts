import { wilson } from './wilson.ts';

describe('the interval of a share', () => {
  it.each([
    // By Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is from %d to %d', (successes, trials, low, high) => {
    const interval = wilson(successes, trials);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });
  it('is unknown without trials', () => expect(wilson(0, 0)).toBeNull());
});
