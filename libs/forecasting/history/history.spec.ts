import { day, historyOf, ofDeal, prospect, type Saying } from '../testing/histories.ts';

const contact: Saying = (dealId) => ({ type: 'ContactLogged', data: { dealId, kind: 'call' } });
const valued: Saying = (dealId) => ({ type: 'DealValued', data: { dealId, amount: { minor: 7, currency: 'CNY' } } });
const [added, spokenTo, worthMore] = ofDeal('d', [
  [day(0), prospect('lead')],
  [day(1), contact],
  [day(2), valued],
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
