import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Stage } from '../../deals/use-funnel.ts';
import { bucketOf, heatOf, overLimit } from './heat.ts';

const day = 86_400;
const stage = (key: string, maxDwellDays: number | null = null) => ({ key, maxDwellDays }) as Stage;
const deal = (stageKey: string, days: number, value: string) =>
  ({ stage: stageKey, dwellSeconds: days * day, amount: { value, currency: 'CNY' } }) as OpenDeal;

describe('the age of a stay', () => {
  it('belongs to one bucket, from its first day on', () =>
    expect([0, 7.99, 8, 14.99, 15, 30, 31, 180, 181, 5_000].map((days) => bucketOf(days * day))).toEqual([
      0, 0, 1, 1, 2, 2, 3, 5, 6, 6,
    ]));

  it('is over the limit of its stage wholly, in part, or not', () => {
    expect([0, 1, 2, 3].map((bucket) => overLimit(stage('lead', 20), bucket))).toEqual(['no', 'no', 'partly', 'yes']);
    expect(overLimit(stage('lead'), 6)).toBe('no');
    expect(overLimit(stage('lead', 200), 6)).toBe('partly');
  });
});

describe('a heat map', () => {
  const rows = heatOf({
    stages: [stage('lead'), stage('need')],
    currency: 'CNY',
    deals: [deal('lead', 1, '100.00'), deal('lead', 2, '100.05'), deal('need', 40, '50.00')],
  });

  it('adds up amounts to the cent, by stage and age', () => {
    expect(rows.map(({ count, amount }) => [count, amount.value])).toEqual([
      [2, '200.05'],
      [1, '50.00'],
    ]);
    expect(rows[0]?.cells[0]).toMatchObject({ amount: { value: '200.05' }, heat: 1 });
    expect(rows[1]?.cells[3]?.heat).toBeCloseTo(0.25, 2);
  });

  it('is cold where nothing stands', () => {
    expect(rows[1]?.cells[0]).toMatchObject({ deals: [], heat: 0, amount: { value: '0.00', currency: 'CNY' } });
    expect(heatOf({ stages: [stage('lead')], currency: 'CNY', deals: [] })[0]?.cells[0]?.heat).toBe(0);
  });
});
