import { periodEnds, type Rhythm } from './period-ends.ts';

const ends = (from: string, to: string, every: Rhythm, timeZone = 'UTC') =>
  periodEnds({ from, to, every }, timeZone).map((at) => new Date(at).toISOString());

describe('the ends of periods', () => {
  it('are the last milliseconds of the months from one date to another, in the time zone', () =>
    expect(ends('2011-10-01', '2011-12-31', 'month', 'Europe/Amsterdam')).toEqual([
      '2011-10-31T22:59:59.999Z',
      '2011-11-30T22:59:59.999Z',
      '2011-12-31T22:59:59.999Z',
    ]));
  it('include the period of either date', () =>
    expect(ends('2026-02-11', '2026-04-01', 'quarter')).toEqual([
      '2026-03-31T23:59:59.999Z',
      '2026-06-30T23:59:59.999Z',
    ]));
  it('of weeks are Sundays', () =>
    expect(ends('2026-01-07', '2026-01-12', 'week')).toEqual(['2026-01-11T23:59:59.999Z', '2026-01-18T23:59:59.999Z']));
  it('of days follow the clock change', () =>
    expect(ends('2026-03-28', '2026-03-29', 'day', 'Europe/Amsterdam')).toEqual([
      '2026-03-28T22:59:59.999Z',
      '2026-03-29T21:59:59.999Z',
    ]));
  it('are none where the second date comes first', () => expect(ends('2026-02-01', '2026-01-01', 'day')).toEqual([]));
  it('stop at the most that is wanted', () =>
    expect(periodEnds({ from: '2026-01-01', to: '2026-12-31', every: 'day' }, 'UTC', 3)).toHaveLength(3));
});
