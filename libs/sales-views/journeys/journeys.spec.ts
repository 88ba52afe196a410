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
import type { Journey } from './journey.ts';
import { journeys } from './journeys.ts';

const journeyOf = (...told: [number, Saying][]): Journey | undefined => {
  const other = ofDeal('b', [[day(1), prospect('lead')], ...told]);
  const own = ofDeal('a', [[day(1), prospect('lead', { region: 'East' })], ...told]);
  return rowsOf(journeys, [...own, ...other]).get('a');
};
const factsOf = (...told: [number, Saying][]) => journeyOf(...told)?.facts.slice(1);

describe('the journey of a deal', () => {
  it('begins with what was known when the prospect was added', () => {
    expect(journeyOf()).toEqual({
      dealId: 'a',
      title: 'Deal a',
      funnelId: 'machines',
      currency: 'CNY',
      customer: { name: 'Customer a', region: 'East', industry: null },
      addedAt: day(1),
      facts: [{ t: day(1), n: day(1_000), r: 0, k: 'added', s: 'lead', m: 100_000, o: 'anna', x: null }],
    });
  });

  it.each<[string, Saying, object]>([
    ['an advance', advanced('lead', 'need'), { k: 'advanced', s: 'need' }],
    ['a step back', regressed('need', 'lead'), { k: 'regressed', s: 'lead' }],
    ['an amount', worth(5), { k: 'valued', m: 5 }],
    ['an amount in another currency', worth(5, 'EUR'), { k: 'valued', m: 5, c: 'EUR' }],
    ['an expected close', expected('2026-07-01'), { k: 'valued', x: '2026-07-01' }],
    ['a cleared expected close', expected(null), { k: 'valued', x: null }],
    ['an owner', owned('anna', 'bert'), { k: 'owned', o: 'bert', f: 'anna' }],
    ['an overridden weight', weighed(0.35), { k: 'weighed', w: 0.35 }],
    ['a cleared weight', unweighed, { k: 'weighed', w: null }],
    ['a next step', planned('2026-01-09T00:00:00Z'), { k: 'planned', d: day(4) }],
    ['a next step without a date', planned(null), { k: 'planned', d: null }],
    ['a completed step', stepped, { k: 'stepped' }],
    ['a contact', contacted('visit'), { k: 'contacted', how: 'visit' }],
    ['a met criterion', met('budget'), { k: 'met' }],
    ['a withdrawn criterion', unmet('budget'), { k: 'unmet' }],
    ['a win', won('lead', 7), { k: 'won', m: 7 }],
    ['a loss', lost('lead'), { k: 'lost', why: 'price' }],
    ['a reopening', reopened('lead'), { k: 'reopened', s: 'lead' }],
  ])('keeps of %s what reports need', (_, saying, fact) => {
    expect(factsOf([day(2), saying])).toStrictEqual([{ t: day(2), n: day(1_000) + 60_000, r: 1, ...fact }]);
  });

  it('puts a fact that was entered late where it belongs', () => {
    const facts = factsOf([day(5), worth(5)], [day(9), worth(9)], [day(7), worth(7)]);
    expect(facts?.map(({ t, r }) => [t, r])).toEqual([
      [day(5), 1],
      [day(7), 3],
      [day(9), 2],
    ]);
  });

  it('keeps the facts of one instant in the order of their recording', () => {
    const facts = factsOf([day(5), worth(5)], [day(5), contacted('call')], [day(9), worth(9)], [day(5), worth(6)]);
    expect(facts?.map(({ r }) => r)).toEqual([1, 2, 4, 3]);
  });

  it('lets a contact be older than its deal, but no change of the deal', () => {
    const facts = journeyOf([day(0), contacted('call')], [day(0), worth(5)])?.facts;
    expect(facts?.map(({ k, t }) => [k, t])).toEqual([
      ['contacted', day(0)],
      ['added', day(1)],
      ['valued', day(1)],
    ]);
  });

  it('is not there for what is told of a deal that was never added', () => {
    expect(rowsOf(journeys, ofDeal('c', [[day(0), worth(1)]])).size).toBe(0);
  });
});
