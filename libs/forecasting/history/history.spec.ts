import { called, day, historyOf, ofDeal, prospect, worth } from '../testing/histories.ts';
import { History } from './history.ts';
import { Told } from './told.ts';

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

describe('a batch of what is told', () => {
  it('takes no more events than it has room for', () => {
    const events = ofDeal('a', [
      [day(0), prospect('lead')],
      [day(1), worth(1)],
    ]);
    expect(() => new History().decode(events, new Told(2))).not.toThrow();
    expect(() => new History().decode(events, new Told(1))).toThrow(RangeError);
  });
});
