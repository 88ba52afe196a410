import { maxMinor, mondayOfWeek, weeksInYear } from '@funnel/kernel';
import fc from 'fast-check';
import { cny } from '../deal/deal.fixtures.ts';
import { quotaFor, quotaParts } from './allocation.ts';

const part = (shares: number[] | undefined, period: string, minor = 1_200_00) =>
  quotaFor({ year: 2026, amount: cny(minor), shares }, period)?.minor;

describe('a part of a quota', () => {
  it.each([
    ['2026', 120_000],
    ['2026-H1', 60_000],
    ['2026-Q3', 30_000],
    ['2026-07', 10_000],
    ['2026-W30', 2_000],
  ])('is equal to its like where no shares are given: %s', (period, minor) =>
    expect(part(undefined, period)).toBe(minor),
  );
  it('follows the shares of halves, and is equal below them', () => {
    expect(part([1, 3], '2026-H2')).toBe(90_000);
    expect(part([1, 3], '2026-Q1')).toBe(15_000);
    expect(part([1, 3], '2026-12')).toBe(15_000);
  });
  it('follows the shares of quarters, and adds up above them', () => {
    expect(part([1, 2, 3, 4], '2026-H1')).toBe(36_000);
    expect(part([1, 2, 3, 4], '2026-Q4')).toBe(48_000);
    expect(part([1, 2, 3, 4], '2026-10')).toBe(16_000);
  });
  it('follows the shares of months, and adds up above them', () => {
    const seasons = [0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0];
    expect(part(seasons, '2026-H1')).toBe(0);
    expect(part(seasons, '2026-02')).toBe(0);
    expect(part(seasons, '2026-Q3')).toBe(120_000);
    expect(part(seasons, '2026-09')).toBe(60_000);
    expect(part(seasons, '2026-Q4')).toBe(0);
  });
  it('is in the currency of the quota', () =>
    expect(quotaFor({ year: 2026, amount: { minor: 4, currency: 'JPY' } }, '2026-Q1')).toEqual({
      minor: 1,
      currency: 'JPY',
    }));
  it('is none for another year, or for what is no period', () => {
    expect(part(undefined, '2025-Q1')).toBeUndefined();
    expect(part(undefined, '2026-W54')).toBeUndefined();
    expect(part(undefined, 'soon')).toBeUndefined();
  });
});

const share = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0.000_001, max: 1_000_000, noNaN: true }));
const shares = fc.option(
  fc
    .constantFrom(2, 4, 12)
    .chain((length) => fc.array(share, { minLength: length, maxLength: length }))
    .filter((list) => list.some((value) => value > 0)),
  { nil: undefined },
);
const targets = fc.record({
  year: fc.integer({ min: 1970, max: 2199 }),
  amount: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: maxMinor })).map(cny),
  shares,
});
const numbered = (name: string, from: number, count: number) =>
  Array.from(
    { length: count },
    (_, index) => name + `${from + index}`.padStart(name.endsWith('-W') || name.endsWith('-') ? 2 : 1, '0'),
  );

describe('the parts of any quota', () => {
  it('add up exactly, level by level', () =>
    fc.assert(
      fc.property(targets, (target) => {
        const parts = quotaParts(target);
        const total = (periods: string[]) =>
          periods.reduce((sum, period) => sum + (parts.get(period)?.minor ?? NaN), 0);
        const { year } = target;
        const halves = numbered(`${year}-H`, 1, 2);
        const quarters = numbered(`${year}-Q`, 1, 4);
        expect(total(halves)).toBe(target.amount.minor);
        halves.forEach((half, index) => expect(total(quarters.slice(index * 2, index * 2 + 2))).toBe(total([half])));
        quarters.forEach((quarter, index) =>
          expect(total(numbered(`${year}-`, index * 3 + 1, 3))).toBe(total([quarter])),
        );
        expect(total(numbered(`${year}-W`, 1, weeksInYear(year)))).toBe(target.amount.minor);
        expect([...parts.values()].every(({ minor }) => minor >= 0)).toBe(true);
      }),
      { numRuns: 300 },
    ));
  it('give each month the weeks whose Thursday it holds', () =>
    fc.assert(
      fc.property(targets, fc.integer({ min: 1, max: 12 }), (target, month) => {
        const parts = quotaParts(target);
        const weeks = Array.from({ length: weeksInYear(target.year) }, (_, index) => index + 1)
          .filter((week) => mondayOfWeek(target.year, week).add({ days: 3 }).month === month)
          .map((week) => numbered(`${target.year}-W`, week, 1)[0] ?? '');
        const total = weeks.reduce((sum, week) => sum + (parts.get(week)?.minor ?? NaN), 0);
        expect(total).toBe(parts.get(numbered(`${target.year}-`, month, 1)[0] ?? '')?.minor);
      }),
    ));
});
