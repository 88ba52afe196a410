import { dayOf, dayOfNumber, endOfDay, isDay, numberOfDay, startOfDay } from './days.ts';

describe('days of the company', () => {
  it('begin and end by its clocks, not by those of the browser', () => {
    expect(startOfDay('2026-03-31', 'Asia/Shanghai')).toBe('2026-03-30T16:00:00.000Z');
    expect(endOfDay('2026-03-31', 'Asia/Shanghai')).toBe('2026-03-31T15:59:59.999Z');
    expect(dayOf(Date.parse('2026-03-30T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-03-31');
    expect(dayOf(Date.parse('2026-03-30T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-03-30');
  });

  it('are shorter or longer where the clocks are changed', () => {
    const length = (day: string) =>
      (Date.parse(endOfDay(day, 'Europe/Berlin')) + 1 - Date.parse(startOfDay(day, 'Europe/Berlin'))) / 3_600_000;
    expect([length('2026-03-29'), length('2026-10-25'), length('2026-06-01')]).toEqual([23, 25, 24]);
  });

  it('count up by one', () => {
    expect(dayOfNumber(numberOfDay('2024-02-28') + 1)).toBe('2024-02-29');
    expect([isDay('2026-02-01'), isDay('2026-13-01'), isDay('soon'), isDay(7)]).toEqual([true, false, false, false]);
  });
});
