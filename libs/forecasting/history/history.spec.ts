import { called, day, historyOf, ofDeal, prospect, worth } from '../testing/histories.ts';

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
});
