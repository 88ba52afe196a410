import { daysOf, stretchOf } from './stretch.ts';

const company = { timeZone: 'Asia/Shanghai', firstAt: '2024-01-05T02:00:00.000Z' };

describe('the time of a waterfall', () => {
  it('runs from one day to another, both within it', () =>
    expect(stretchOf({ period: 'days', from: '2026-03-10', to: '2026-05-20' }, '2026-11-29', company)).toEqual({
      from: '2026-03-09T15:59:59.999Z',
      to: '2026-05-20T15:59:59.999Z',
    }));

  it('never runs beyond the day that is shown', () => {
    expect(stretchOf({ period: 'days', from: '2026-03-10', to: '2027-01-01' }, '2026-11-29', company)).toEqual({
      from: '2026-03-09T15:59:59.999Z',
    });
    expect(daysOf({ from: '2026-12-01' }, '2026-11-29')).toEqual({ from: '2026-10-01', to: '2026-11-29' });
  });

  it('begins with the evening before its first day, or with the first deal', () => {
    expect(stretchOf({ period: 'last-quarter' }, '2026-11-29', company)).toEqual({
      from: '2026-06-30T15:59:59.999Z',
      to: '2026-09-30T15:59:59.999Z',
    });
    expect(stretchOf({ period: 'all' }, '2026-11-29', company)).toEqual({ from: '2024-01-05T01:59:59.999Z' });
  });
});
