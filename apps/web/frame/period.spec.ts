import { periodOf } from './period.ts';

const zone = 'Asia/Shanghai';

describe('a stretch of time', () => {
  it('is that of the company’s calendar', () => {
    expect(periodOf('year', '2026-08-15', zone)).toEqual({ from: '2025-12-31T16:00:00.000Z' });
    expect(periodOf('quarter', '2026-08-15', zone)).toEqual({ from: '2026-06-30T16:00:00.000Z' });
    expect(periodOf('all', '2026-08-15', zone)).toEqual({});
  });

  it('reaches back over the turn of a year', () =>
    expect(periodOf('last-quarter', '2026-02-01', zone)).toEqual({
      from: '2025-09-30T16:00:00.000Z',
      to: '2025-12-31T16:00:00.000Z',
    }));

  it('counts back from the day that is shown', () =>
    expect(periodOf('90-days', '2026-03-31', 'UTC')).toEqual({ from: '2025-12-31T00:00:00.000Z' }));
});
