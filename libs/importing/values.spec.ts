import { readAmount } from './amounts.ts';
import { readDate, readTime, type DateOrder } from './dates.ts';

describe('a time in a file', () => {
  const at = (text: string, dateOrder: DateOrder = 'year-first') =>
    readTime(text, { dateOrder, timeZone: 'America/New_York' });

  it.each([
    ['2026-02-23T20:55:00.000+0000', 'year-first', '2026-02-23T20:55:00Z'],
    ['2026-02-23T20:55:00Z', 'month-first', '2026-02-23T20:55:00Z'],
    ['2026-02-23 15:55:00.250', 'year-first', '2026-02-23T20:55:00.250Z'],
    ['2026/2/3', 'year-first', '2026-02-03T05:00:00Z'],
    ['02/23/26 08:55 PM', 'month-first', '2026-02-24T01:55:00Z'],
    ['2/23/2026, 12:05 AM', 'month-first', '2026-02-23T05:05:00Z'],
    ['23.02.2026 15:55', 'day-first', '2026-02-23T20:55:00Z'],
    ['31/12/99', 'day-first', '1999-12-31T05:00:00Z'],
    ['2026年2月3日', 'day-first', '2026-02-03T05:00:00Z'],
    ['2026年2月3日 15:55', 'year-first', '2026-02-03T20:55:00Z'],
    ['2026年12月03日15:55:30', 'year-first', '2026-12-03T20:55:30Z'],
  ] as const)('%s, %s, is %s', (text, order, expected) => {
    expect(at(text, order)).toBe(Date.parse(expected));
  });

  it.each([
    ['02/23/26', 'year-first'],
    ['23/02/2026', 'month-first'],
    ['2026-02-30', 'year-first'],
    ['02/23/26 13:00 PM', 'month-first'],
    ['02/23/26 25:00', 'month-first'],
    ['soon', 'day-first'],
    ['2026年2月30日', 'year-first'],
    ['01.07.9999', 'day-first'],
    ['1950-07-01 10:00', 'year-first'],
    ['', 'year-first'],
  ] as const)('%s, %s, is none', (text, order) => {
    expect(at(text, order)).toBeUndefined();
  });

  it('names a day, whatever the hour', () => {
    const reading = { dateOrder: 'month-first', timeZone: 'America/New_York' } as const;
    expect(readDate('02/03/24 11:59 PM', reading)).toBe('2024-02-03');
    expect(readDate('2024-02-03T23:00:00.000Z', reading)).toBe('2024-02-03');
    expect(readDate('02/30/24', reading)).toBeUndefined();
    expect(readDate('12/31/9999', reading)).toBeUndefined();
  });
});

describe('an amount in a file', () => {
  it.each([
    ['15000.0', '.', 1_500_000],
    ['1,234,567.89', '.', 123_456_789],
    ['€1,234.50', '.', 123_450],
    ['EUR 12', '.', 1_200],
    ['1.234,50 €', ',', 123_450],
    ['1 234,5', ',', 123_450],
    ["1'234.50", '.', 123_450],
    ['-3', '.', -300],
  ] as const)('%s with the sign "%s" is exact', (text, sign, minor) => {
    expect(readAmount(text, 'EUR', sign)).toBe(minor);
  });

  it.each([
    ['1.234', '.'],
    ['1,23', '.'],
    ['12,34.5', '.'],
    ['1.5', ','],
    ['$5', '.'],
    ['USD 5', '.'],
    ['much', '.'],
  ] as const)('%s with the sign "%s" is none', (text, sign) => {
    expect(readAmount(text, 'EUR', sign)).toBeUndefined();
  });
});
