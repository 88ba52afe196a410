import { dayOfNumber, numberOfDay } from './days.ts';
import { ticksOf } from './ticks.ts';

const told = (first: string, end: string): string[] =>
  ticksOf(numberOfDay(first), numberOfDay(end)).map(({ at, says }) => `${dayOfNumber(at)} ${says}`);

describe('marks on the line of days', () => {
  it('are quarters in a long history, where years begin with their name', () =>
    expect(told('2024-11-15', '2026-02-20')).toEqual([
      '2025-01-01 year',
      '2025-04-01 nothing',
      '2025-07-01 nothing',
      '2025-10-01 nothing',
      '2026-01-01 year',
    ]));

  it('are months in a short one', () =>
    expect(told('2011-10-01', '2012-03-01')).toEqual([
      '2011-11-01 month',
      '2011-12-01 month',
      '2012-01-01 year',
      '2012-02-01 month',
    ]));

  it('are none in a few days', () => expect(told('2026-02-02', '2026-02-20')).toEqual([]));
});
