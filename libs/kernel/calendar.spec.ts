import fc from 'fast-check';
import {
  dateOf,
  formatInstant,
  fromWallClock,
  isTimeZone,
  parseInstant,
  parsePeriod,
  startOfDay,
  weeksInYear,
} from './index.ts';

const amsterdam = 'Europe/Amsterdam';
const span = (period: string, zone = amsterdam) => {
  const found = parsePeriod(period, zone);
  return found && [formatInstant(found.from), formatInstant(found.until)];
};

describe('a period', () => {
  it.each([
    ['2026', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-H1', '2025-12-31T23:00:00.000Z', '2026-06-30T22:00:00.000Z'],
    ['2026-H2', '2026-06-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-Q3', '2026-06-30T22:00:00.000Z', '2026-09-30T22:00:00.000Z'],
    ['2026-07', '2026-06-30T22:00:00.000Z', '2026-07-31T22:00:00.000Z'],
    ['2026-W01', '2025-12-28T23:00:00.000Z', '2026-01-04T23:00:00.000Z'],
    ['2026-W53', '2026-12-27T23:00:00.000Z', '2027-01-03T23:00:00.000Z'],
  ])('%s begins and ends with its days in the company’s zone', (period, from, until) =>
    expect(span(period)).toEqual([from, until]),
  );

  it.each(['2026-13', '2026-00', '2026-Q5', '2026-H3', '2026-W54', '2025-W53', '2026-7', 'all'])(
    'is not %s',
    (period) => expect(span(period)).toBeUndefined(),
  );

  it('leaves no gap between the weeks, months, quarters and halves of any year', () => {
    const parts = (year: number) => [
      Array.from({ length: weeksInYear(year) }, (_, index) => `${year}-W${`${index + 1}`.padStart(2, '0')}`),
      Array.from({ length: 12 }, (_, index) => `${year}-${`${index + 1}`.padStart(2, '0')}`),
      [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`),
      [`${year}-H1`, `${year}-H2`],
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1971, max: 2199 }), fc.constantFrom(amsterdam, 'Asia/Shanghai'), (year, zone) => {
        for (const list of parts(year)) {
          const spans = list.map((period) => parsePeriod(period, zone));
          spans.slice(1).forEach((next, index) => expect(next?.from).toBe(spans[index]?.until));
        }
        const months = parts(year)[1] ?? [];
        expect(parsePeriod(months[0] ?? '', zone)?.from).toBe(parsePeriod(`${year}`, zone)?.from);
        expect(parsePeriod(months[11] ?? '', zone)?.until).toBe(parsePeriod(`${year}`, zone)?.until);
      }),
      { numRuns: 30 },
    );
  });
});

describe('an instant', () => {
  it('is read with its offset and written in UTC', () => {
    const at = parseInstant('2011-10-30T02:30:00.250+01:00');
    expect(at !== undefined && formatInstant(at)).toBe('2011-10-30T01:30:00.250Z');
  });

  it.each([
    '2026-07-01T10:00:00',
    '2026-02-30T10:00:00Z',
    '2026-07-01',
    '1969-01-01T00:00:00Z',
    '9999-01-01T00:00:00Z',
    '',
  ])('is not %j', (text) => expect(parseInstant(text)).toBeUndefined());
});

describe('a time zone', () => {
  it('is one of the IANA names', () => {
    expect(['Asia/Shanghai', 'UTC', 'Mars/Base', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});

describe('a day of the company', () => {
  it('begins at its own midnight', () => {
    expect(startOfDay('2026-07-01', 'Asia/Shanghai')).toBe(Date.parse('2026-06-30T16:00:00Z'));
    expect(dateOf(Date.parse('2026-06-30T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-07-01');
    expect(startOfDay('2026-02-30', amsterdam)).toBeUndefined();
  });

  it('takes the earlier of two equal times on the wall', () => {
    expect(fromWallClock('2011-10-30T02:30:00', amsterdam)).toBe(Date.parse('2011-10-30T02:30:00+02:00'));
    expect(fromWallClock('nonsense', amsterdam)).toBeUndefined();
  });
});
