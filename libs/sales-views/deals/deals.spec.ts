import {
  advanced,
  contacted,
  day,
  expected,
  lost,
  met,
  ofDeal,
  owned,
  planned,
  prospect,
  regressed,
  reopened,
  rowsOf,
  stepped,
  unmet,
  unweighed,
  weighed,
  won,
  worth,
  type Saying,
} from '../testing/histories.ts';
import type { DealRow } from './deal-row.ts';
import { deals } from './deals.ts';

/** The row of deal `a`, with another deal `b` told at the same time. */
const rowAfter = (...told: [number, Saying][]): DealRow | undefined => {
  const others = ofDeal('b', [
    [day(0), prospect('lead', { ownerId: 'bert' })],
    [day(50), advanced('lead', 'closing')],
    [day(51), worth(7)],
    [day(52), lost('closing')],
  ]);
  const own = ofDeal('a', [[day(0), prospect('lead', { expectedClose: '2026-03-01', region: 'East' })], ...told]);
  return rowsOf(deals, [...own, ...others]).get('a');
};

describe('the row of a deal', () => {
  it('begins where its prospect was added', () => {
    expect(rowAfter()).toEqual({
      dealId: 'a',
      title: 'Deal a',
      customer: { name: 'Customer a', region: 'East' },
      funnelId: 'machines',
      stage: 'lead',
      stageEntry: 1,
      since: day(0),
      status: 'open',
      amount: { minor: 100_000, currency: 'CNY' },
      conversion: null,
      ownerId: 'anna',
      expectedClose: '2026-03-01',
      pushes: { count: 0, days: 0 },
      nextStep: null,
      nextStepStanding: 'none',
      weightOverride: null,
      criteria: [],
      addedAt: day(0),
      closedAt: null,
      lastContactAt: null,
      contacts: 0,
      lostReason: null,
      competitor: null,
      source: null,
      revision: 0,
      changedAt: day(0),
      words: 'a deal a customer a east',
    });
  });

  it('moves with the deal, forwards and back', () => {
    const moved = rowAfter([day(2), advanced('lead', 'need')], [day(3), regressed('need', 'contact')]);
    expect(moved).toMatchObject({ stage: 'contact', stageEntry: 3, since: day(3), revision: 2, changedAt: day(3) });
  });

  it('counts how often the expected close was put off, and by how many days', () => {
    const pushed = rowAfter(
      [day(1), expected('2026-03-11')],
      [day(2), expected('2026-03-01')],
      [day(3), expected('2026-03-04')],
    );
    expect(pushed).toMatchObject({ expectedClose: '2026-03-04', pushes: { count: 2, days: 13 } });
  });

  it('counts no push where the expected close is only said again', () => {
    expect(rowAfter([day(1), expected('2026-03-01')])).toMatchObject({ pushes: { count: 0, days: 0 } });
  });

  it('counts no push where an expected close was unknown or is cleared', () => {
    const cleared = rowAfter([day(1), expected(null)], [day(2), expected('2027-01-01')]);
    expect(cleared).toMatchObject({ expectedClose: '2027-01-01', pushes: { count: 0, days: 0 } });
  });

  it('keeps the expected close when only the amount changes', () => {
    expect(rowAfter([day(1), worth(5)])).toMatchObject({ amount: { minor: 5 }, expectedClose: '2026-03-01' });
  });

  it('shows the newest next step until there is another', () => {
    const step = { action: 'visit', dueAt: day(4), setAt: day(2) };
    const set = rowAfter([day(2), planned('2026-01-09T00:00:00Z')]);
    expect(set).toMatchObject({ nextStep: { ...step, completedAt: null, outcome: null }, nextStepStanding: 'open' });
    const done = rowAfter([day(2), planned('2026-01-09T00:00:00Z')], [day(3), stepped]);
    expect(done).toMatchObject({
      nextStep: { ...step, completedAt: day(3), outcome: 'liked it' },
      nextStepStanding: 'completed',
    });
  });

  it('knows the last contact by when it happened, not by when it was written down', () => {
    const late = rowAfter([day(5), contacted('call')], [day(1), contacted('visit')]);
    expect(late).toMatchObject({ lastContactAt: day(5), contacts: 2, changedAt: day(5), revision: 2 });
  });

  it('keeps the criteria that are met, each once', () => {
    const criteria = rowAfter(
      [day(1), met('budget')],
      [day(2), met('plan')],
      [day(3), met('plan')],
      [day(4), unmet('budget')],
    );
    expect(criteria).toMatchObject({ criteria: ['plan'] });
  });

  it('follows owner and weight', () => {
    const weight = rowAfter([day(1), owned('anna', null)], [day(1), weighed(0.35)]);
    expect(weight).toMatchObject({ ownerId: null, weightOverride: 0.35 });
    expect(rowAfter([day(1), weighed(0.35)], [day(2), unweighed])).toMatchObject({ weightOverride: null });
  });

  it('takes the amount that was really sold', () => {
    const sold = rowAfter([day(9), won('lead', 90_000)]);
    expect(sold).toMatchObject({ status: 'won', closedAt: day(9), amount: { minor: 90_000 }, stage: 'lead' });
  });

  it('keeps what the amount was converted from when it is won for just that, and not when it is won for something else', () => {
    const conversion = { original: { minor: 10_000, currency: 'USD' }, rate: '7' };
    const amount = { minor: 70_000, currency: 'CNY' };
    const converted: Saying = (dealId) => ({ type: 'DealValued', data: { dealId, amount, conversion } });
    expect(rowAfter([day(1), converted], [day(9), won('lead', 70_000)])).toMatchObject({ conversion });
    expect(rowAfter([day(1), converted], [day(9), won('lead', 90_000)])).toMatchObject({ conversion: null });
  });

  it('says why and to whom it was lost, until it is reopened', () => {
    const gone = rowAfter([day(9), lost('lead', 'Rival')]);
    expect(gone).toMatchObject({ status: 'lost', closedAt: day(9), lostReason: 'price', competitor: 'Rival' });
    const back = rowAfter([day(9), lost('lead', 'Rival')], [day(12), reopened('contact')]);
    expect(back).toMatchObject({ status: 'open', closedAt: null, lostReason: null, competitor: null });
    expect(back).toMatchObject({ stage: 'contact', stageEntry: 2, since: day(12) });
  });

  it('is not there for what is told of a deal that was never added', () => {
    expect(rowsOf(deals, ofDeal('c', [[day(0), contacted('call')]])).size).toBe(0);
  });

  it('passes a second beginning over', () => {
    expect(rowAfter([day(3), prospect('closing')])).toMatchObject({ stage: 'lead', addedAt: day(0) });
  });
});
