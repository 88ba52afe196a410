import type { DefinedFunnel } from '@funnel/sales';
import {
  advanced,
  day,
  historyOf,
  lost,
  machines,
  ofDeal,
  owned,
  prospect,
  reopened,
  won,
  worth,
} from '../testing/histories.ts';
import type { DealHistory } from '../testing/histories.ts';
import { observe } from './observed.ts';

const defined: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const daySeconds = 86_400;

const seenOn = (asOf: number, deals: readonly DealHistory[]) => {
  const history = historyOf(deals.flatMap((told, index) => ofDeal(`d${index}`, told)));
  const { visits, open, arrivals, wins, exitCodes } = observe(history, defined, asOf);
  const names = [...history.stages.texts, 'won', 'lost', 'none'];
  const dealsIn = ({ stages, owners, amounts, times }: typeof open) =>
    Array.from(stages, (stage, deal) => {
      return [names[stage], history.owners.texts[owners[deal]!], amounts[deal], times[deal]];
    });
  expect(exitCodes.won).toBe(history.stages.texts.length);
  return {
    visits: Array.from(visits.stages, (stage, visit) => {
      return [names[stage], visits.dwells[visit]! / daySeconds, names[visits.exits[visit]!]];
    }),
    ...{ open: dealsIn(open), arrivals: dealsIn(arrivals), wins: dealsIn(wins) },
  };
};

const sold: DealHistory = [
  [day(0), prospect('lead', { minor: 300 })],
  [day(2), advanced('need')],
  [day(3), worth(400)],
  [day(5), advanced('lead')],
  [day(6), won(500)],
];
const comesBack: DealHistory = [
  [day(1), prospect('lead', { minor: 70 })],
  [day(4), lost],
  [day(8), reopened('need')],
  [day(9), owned('ben')],
];

describe('what can be seen of a funnel', () => {
  it('is every visit with its length and where it led to', () => {
    expect(seenOn(day(10), [sold, comesBack]).visits).toEqual([
      ['lead', 2, 'need'],
      ['need', 3, 'lead'],
      ['lead', 1, 'won'],
      ['lead', 3, 'lost'],
      ['need', 2, 'none'],
    ]);
  });
  it('is what stands open, for how long, and for how much', () =>
    expect(seenOn(day(4) - 1, [sold, comesBack]).open).toEqual([
      ['need', 'anna', 400, 2 * 86_400_000 - 1],
      ['lead', 'anna', 70, 3 * 86_400_000 - 1],
    ]));
  it('is what was added and reopened, as it stands by then', () =>
    expect(seenOn(day(10), [sold, comesBack]).arrivals).toEqual([
      ['lead', 'anna', 500, day(0)],
      ['lead', 'ben', 70, day(1)],
      ['need', 'ben', 70, day(8)],
    ]));
  it('is what was won, for what', () =>
    expect(seenOn(day(10), [sold, comesBack]).wins).toEqual([['lead', 'anna', 500, day(6)]]));
  it('is nothing that came later', () =>
    expect(seenOn(day(0) - 1, [sold, comesBack])).toEqual({ visits: [], open: [], arrivals: [], wins: [] }));
  it('leaves out deals in another currency and of other funnels', () => {
    const foreign: DealHistory = [[day(0), prospect('lead', { currency: 'EUR' })]];
    const other: DealHistory = [
      [
        day(0),
        (dealId) => {
          const said = prospect('lead')(dealId);
          return said.type === 'ProspectAdded' ? { ...said, data: { ...said.data, funnelId: 'other' } } : said;
        },
      ],
    ];
    expect(seenOn(day(9), [foreign, other, sold]).arrivals).toHaveLength(1);
  });
});
