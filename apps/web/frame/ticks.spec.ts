import { dayOfNumber, numberOfDay } from './days.ts';
import { ticksOf } from './ticks.ts';

const told = (first: string, end: string, width = 600): string[] =>
  ticksOf(numberOfDay(first), numberOfDay(end), width).map(({ at, says }) => `${dayOfNumber(at)} ${says}`);

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

  it('keep their names apart on a phone', () => {
    expect(told('2020-06-01', '2026-02-01', 110).filter((each) => !each.endsWith('nothing'))).toEqual([
      '2022-01-01 year',
      '2024-01-01 year',
      '2026-01-01 year',
    ]);
    expect(told('2020-06-01', '2026-02-01', 110)).toHaveLength(6);
    expect(told('2026-02-15', '2026-09-15', 130)).toEqual([
      '2026-03-01 month',
      '2026-04-01 nothing',
      '2026-05-01 month',
      '2026-06-01 nothing',
      '2026-07-01 month',
      '2026-08-01 nothing',
      '2026-09-01 month',
    ]);
  });

  it('are none in a few days', () => expect(told('2026-02-02', '2026-02-20')).toEqual([]));
});
