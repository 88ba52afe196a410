import { firstDayOf, isPeriod, kindOf, partsOf, periodOf, shifted } from './periods.ts';

describe('periods of a quota', () => {
  it.each([
    ['month', '2026-07', '2026-07-01'],
    ['quarter', '2026-Q3', '2026-07-01'],
    ['half', '2026-H2', '2026-07-01'],
    ['year', '2026', '2026-01-01'],
  ] as const)('of a day in August are named by %s', (kind, sameOrBefore, firstDay) => {
    const period = periodOf(kind, '2026-08-09');
    expect(kindOf(period)).toBe(kind);
    expect(shifted(period, kind === 'month' ? -1 : 0)).toBe(sameOrBefore);
    expect(firstDayOf(sameOrBefore)).toBe(firstDay);
  });

  it('follow each other over the turn of the year', () => {
    expect(shifted('2026-Q4', 1)).toBe('2027-Q1');
    expect(shifted('2026-01', -1)).toBe('2025-12');
    expect(shifted('2026-H1', -3)).toBe('2024-H2');
    expect(shifted('2026', 2)).toBe('2028');
  });

  it('are told by year and part', () => {
    expect(partsOf('2026-Q3')).toEqual({ year: 2026, part: 3 });
    expect(partsOf('2026-12')).toEqual({ year: 2026, part: 12 });
    expect(partsOf('2026')).toEqual({ year: 2026, part: 1 });
  });

  it.each(['2026-13', '2026-Q5', '26', '', undefined])('are not %s', (text) => expect(isPeriod(text)).toBe(false));
});
