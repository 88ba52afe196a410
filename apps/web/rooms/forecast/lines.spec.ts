import type { Comparison } from './forecast-reads.ts';
import { currencyOf, groupsOf, linesOf } from './lines.ts';

const money = (value: number) => ({ value: value.toFixed(2), currency: 'CNY' });
const group = (key: string | null, [baseline, candidate, realized]: [number, number, number]) => ({
  ...{ key, count: 1, amount: money(1_000), baseline: money(baseline), candidate: money(candidate) },
  ...{ difference: money(candidate - baseline), realized: money(realized) },
});
const compared = (...periods: readonly ReturnType<typeof group>[][]): Pick<Comparison, 'periods'> => ({
  periods: periods.map((groups, month) => ({ at: `2026-0${month + 1}-28T00:00:00.000Z`, groups })),
});

describe('lines over period ends', () => {
  const comparison = compared(
    [group('mei', [100, 80, 50])],
    [group('mei', [200, 90, 60]), group(null, [10, 999, 0])],
  ) as Comparison;

  it('are those of one group: as it was, under other weights, and what came', () => {
    expect(linesOf(comparison, 'mei')).toEqual([
      { at: '2026-01-28T00:00:00.000Z', asItWas: 100, reforecast: 80, realized: 50 },
      { at: '2026-02-28T00:00:00.000Z', asItWas: 200, reforecast: 90, realized: 60 },
    ]);
  });

  it('are at nothing where the group had no deals', () => {
    expect(linesOf(comparison, null)[0]).toMatchObject({ asItWas: 0, reforecast: 0, realized: 0 });
  });

  it('are offered with the largest group first', () => {
    expect(groupsOf(comparison)).toEqual([null, 'mei']);
    expect(currencyOf(comparison)).toBe('CNY');
    expect(currencyOf(compared([]) as Comparison)).toBeUndefined();
  });
});
