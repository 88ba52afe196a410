import { formatsFor } from './formats.ts';

const english = formatsFor('en', 'Asia/Shanghai');
const chinese = formatsFor('zh-CN', 'Asia/Shanghai');
const yuan = (value: string) => ({ value, currency: 'CNY' });

describe('figures on the screen', () => {
  it('show money to the cent, and short as each language counts', () => {
    expect(english.money(yuan('12345678901234.56'))).toBe('¥12,345,678,901,234.56');
    expect(english.shortMoney(yuan('12500000.00'))).toBe('¥12.5M');
    expect(chinese.shortMoney(yuan('12500000.00'))).toBe('¥1250万');
    expect(chinese.wholeMoney(yuan('-1999.50'))).toBe('-¥2,000');
  });

  it('tell shares apart that stand beside each other', () => {
    const { percentBeside } = english;
    expect([percentBeside(0.697, 0.7), percentBeside(0.7, 0.7), percentBeside(0.61, 0.7)]).toEqual([
      '69.7%',
      '70%',
      '61%',
    ]);
    expect(percentBeside(0.697, null)).toBe('70%');
  });

  it('show shares in whole percents, small ones finer', () => {
    expect([english.percent(0.615), english.percent(0.0312), english.percent(1)]).toEqual(['62%', '3.1%', '100%']);
  });

  it('show lengths of time in the unit that fits', () => {
    expect([english.duration(86_400), english.duration(12.4 * 86_400), english.duration(7_200)]).toEqual([
      '1 day',
      '12 days',
      '2 hr',
    ]);
    expect([english.duration(90), english.duration(34.3)]).toEqual(['2 min', '34 sec']);
    expect(chinese.duration(12 * 86_400)).toBe('12天');
  });

  it('show the day that it is for the company', () => {
    expect(english.day('2026-03-30T16:00:00Z')).toBe('Mar 31, 2026');
    expect(chinese.shortDay('2026-03-30T16:00:00Z')).toBe('3月31日');
    const now = Date.parse('2026-03-31T16:00:00Z');
    expect(english.ago('2026-03-29T16:00:00Z', now)).toBe('2 days ago');
    expect(english.ago('2025-12-31T16:00:00Z', now)).toBe('3 mo. ago');
    expect(english.ago('2011-10-13T08:37:00Z', now)).toBe('14 yr. ago');
  });
});
