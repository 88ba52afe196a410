import { called, day, historyOf, ofDeal, prospect, worth, type DealHistory } from '../testing/histories.ts';
import { minorOf } from './columns.ts';

const [added, spokenTo, worthMore] = ofDeal('d', [
  [day(0), prospect('lead')],
  [day(1), called],
  [day(2), worth(7)],
]);

describe('the rows of a history', () => {
  it('stay the same object, which others count from, until there is more', () => {
    const history = historyOf([added!]);
    const rows = history.rows();
    history.addAll([spokenTo!]);
    expect(history.rows()).toBe(rows);
    history.addAll([worthMore!]);
    expect(history.rows()).not.toBe(rows);
  });

  it('are there for all that was added, however many wait for theirs', () => {
    const count = 140_000;
    const changes = Array.from({ length: count }, (_, nth): DealHistory[number] => [day(1), worth(nth + 1)]);
    const history = historyOf(ofDeal('d', [[day(0), prospect('lead')], ...changes]));
    expect(history.rowCount).toBeGreaterThan(count);
    const rows = history.rows();
    const first = rows.first[0]!;
    expect(rows.end[0]! - first).toBe(count + 1);
    for (const nth of [1, 65_535, 65_536, 65_537, 131_072, count]) expect(minorOf(rows, first + nth)).toBe(nth);
  });
});
