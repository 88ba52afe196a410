import { scopeOf, sinceFirst, splitOf } from './scope.ts';

describe('the past that is looked at', () => {
  it('ends with the last month that is over, where everything that ever comes counts', () => {
    expect(scopeOf('2026-11-24', 12, null)).toEqual({ from: '2025-11-01', to: '2026-10-31' });
  });

  it('leaves out months whose horizon is not over', () => {
    expect(scopeOf('2026-11-24', 24, 90)).toEqual({ from: '2024-08-01', to: '2026-07-31' });
    expect(scopeOf('2026-03-01', 3, 0)).toEqual({ from: '2025-12-01', to: '2026-02-28' });
  });

  it('is split so that two thirds are learnt from', () => {
    expect(splitOf({ from: '2024-08-01', to: '2026-07-31' })).toBe('2025-11-30');
    expect(splitOf({ from: '2026-01-01', to: '2026-02-28' })).toBe('2026-01-31');
  });

  it('begins with the month of the first deal where it would begin before it', () => {
    const scope = { from: '2010-03-01', to: '2012-02-29' };
    expect(sinceFirst(scope, '2011-10-13')).toEqual({ from: '2011-10-01', to: '2012-02-29' });
    expect(sinceFirst(scope, '2009-01-01')).toEqual(scope);
    expect(sinceFirst(scope, '2012-06-01')).toEqual(scope);
  });
});
