import { daysIn } from './company-days.ts';

describe('the days of a company', () => {
  const [shanghai, newYork] = [daysIn('Asia/Shanghai'), daysIn('America/New_York')];
  it('are those of its clocks', () => {
    expect(shanghai.of('2026-07-31T15:59:59.999Z')).toBe('2026-07-31');
    expect(newYork.of('2026-08-01T03:59:59.999Z')).toBe('2026-07-31');
  });
  it('end with their last millisecond, also where they are longer', () => {
    expect(shanghai.endOf('2026-07-31')).toBe('2026-07-31T15:59:59.999Z');
    expect(newYork.endOf('2026-11-01')).toBe('2026-11-02T04:59:59.999Z');
  });
  it('leave an instant what it is, and to the server what is neither', () =>
    expect(['2026-07-31T15:00:00Z', '2026-02-31', 'soon'].map(shanghai.endOf)).toEqual([
      ...['2026-07-31T15:00:00Z', '2026-02-31', 'soon'],
    ]));
});
