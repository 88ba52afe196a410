import type { Reforecast } from './forecast-reads.ts';
import { currencyOf, groupsOf, linesOf } from './lines.ts';

const money = (value: number) => ({ value: value.toFixed(2), currency: 'CNY' });
const group = (key: string | null, forecast: number, realized: number) => ({
  ...{ key, count: 1, amount: money(1_000), forecast: money(forecast), realized: money(realized) },
});
const reforecast = (...periods: readonly ReturnType<typeof group>[][]): Reforecast =>
  ({ periods: periods.map((groups, month) => ({ at: `2026-0${month + 1}-28T00:00:00.000Z`, groups })) }) as never;

describe('lines over period ends', () => {
  const before = reforecast([group('mei', 100, 50)], [group('mei', 200, 60), group(null, 10, 0)]);
  const after = reforecast([group('mei', 80, 50)], [group('mei', 90, 60), group(null, 999, 0)]);

  it('are those of one group: as it was, under other weights, and what came', () => {
    expect(linesOf(before, after, 'mei')).toEqual([
      { at: '2026-01-28T00:00:00.000Z', asItWas: 100, reforecast: 80, realized: 50 },
      { at: '2026-02-28T00:00:00.000Z', asItWas: 200, reforecast: 90, realized: 60 },
    ]);
  });

  it('are at nothing where the group had no deals', () => {
    expect(linesOf(before, after, null)[0]).toMatchObject({ asItWas: 0, reforecast: 0, realized: 0 });
  });

  it('are offered with the largest group first', () => {
    expect(groupsOf(after)).toEqual([null, 'mei']);
    expect(currencyOf(after)).toBe('CNY');
    expect(currencyOf(reforecast([]))).toBeUndefined();
  });
});
