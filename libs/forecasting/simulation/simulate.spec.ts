import type { DefinedFunnel } from '@funnel/sales';
import {
  advanced,
  day,
  historyOf,
  lost,
  machines,
  ofDeal,
  ofRep,
  owned,
  prospect,
  won,
  type DealHistory,
} from '../testing/histories.ts';
import type { SimulationRequest } from './request.ts';
import { simulate } from './simulate.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const asOf = day(100);
const asked: SimulationRequest = {
  ...{ funnelId: 'machines', asOf, by: 'total', runs: 100, seed: 1, inflowWeeks: null },
  ends: [asOf + 1, day(105), day(110), day(130)],
};

/** Many deals that all went the same way. */
const many = (count: number, told: DealHistory): DealHistory[] => new Array<DealHistory>(count).fill(told);
const wonAfter = (days: number, from = 0): DealHistory => [
  [day(from), prospect('lead', { minor: 100 })],
  [day(from + days), won(100)],
];
const lostAfter = (days: number, from = 0): DealHistory => [
  [day(from), prospect('lead', { minor: 100 })],
  [day(from + days), lost],
];
const standing = (since: number, minor = 100): DealHistory => [[day(since), prospect('lead', { minor })]];

const simulated = (deals: readonly DealHistory[], said: Partial<SimulationRequest> = {}) =>
  simulate(historyOf(deals.flatMap((told, index) => ofDeal(`d${index}`, told))), funnel, { ...asked, ...said });
const totals = (...given: Parameters<typeof simulated>) => simulated(...given).groups[0]!.periods;
const same = <Value>(value: Value) => ({ p10: value, p50: value, p90: value, mean: value });

describe('a simulation', () => {
  it('lets deals move on as deals did, at the pace at which they did', () => {
    const path: DealHistory = [
      [day(0), prospect('lead', { minor: 100 })],
      [day(3), advanced('need')],
      [day(7), won(100)],
    ];
    const told = totals([...many(60, path), standing(99), standing(100, 50)]);
    // The older one is won on day 106, the younger one on day 107.
    expect(told.map(({ wonCount }) => wonCount)).toEqual([0, 0, 2, 0].map(same));
    expect(told.map(({ wonToDate }) => wonToDate)).toEqual([0n, 0n, 150n, 150n].map(same));
    expect(told.map(({ open }) => open)).toEqual([150n, 150n, 0n, 0n].map(same));
    expect(told.map(({ openCount }) => openCount)).toEqual([2, 2, 0, 0].map(same));
  });

  it('spreads as coins do, a little wider for what history may not have shown', () => {
    const coins = [...many(200, wonAfter(2)), ...many(200, lostAfter(2)), ...many(100, standing(100))];
    const { wonCount, openCount } = totals(coins, { runs: 1_000 })[1]!;
    // The variance of 100 coins is 25; that their bias was learnt from 400 adds 100² × 0.25 ÷ 400. 80 % lie within ± 7.2.
    expect(wonCount.mean).toBeCloseTo(50, 0);
    expect(Math.abs(wonCount.p10 - 42.8)).toBeLessThan(1.5);
    expect(Math.abs(wonCount.p90 - 57.2)).toBeLessThan(1.5);
    expect(openCount).toEqual(same(0));
  });

  it('draws for a seed what it has always drawn', () => {
    const round: DealHistory = [
      [day(0), prospect('lead', { minor: 70 })],
      [day(5), advanced('need')],
      [day(6), advanced('lead')],
      [day(40), won(90)],
    ];
    const deals = [...many(30, round), ...many(30, lostAfter(25, 60)), ...many(40, standing(97)), standing(80, 7)];
    const told = totals(deals, { seed: 7, inflowWeeks: 5, ends: [day(110), day(130)] });
    expect(told.map(({ wonCount, open }) => [wonCount.mean, open])).toEqual([
      [0, { p10: 4000n, p50: 4007n, p90: 4021n, mean: 4406n }],
      [0.47, { p10: 1800n, p50: 2514n, p90: 9800n, mean: 4227n }],
    ]);
  });

  it('asks how long a deal has stood already', () => {
    const early = many(200, wonAfter(2));
    const late = many(200, lostAfter(20));
    expect(totals([...early, ...late, standing(95)])[3]).toMatchObject({ wonToDate: same(0n), open: same(0n) });
    const { mean } = totals([...early, ...late, standing(99, 10_000)], { runs: 1_000 })[3]!.wonToDate;
    expect(Number(mean) / 10_000).toBeCloseTo(0.5, 1);
  });

  it('counts visits that last still for as long as they were seen', () => {
    // Half of the deals are seen for a day only. They say nothing against the others, which were all won on their second day.
    const deals = [...many(200, wonAfter(1.5)), ...many(200, standing(99))];
    expect(totals(deals)[1]!.wonCount).toEqual(same(200));
  });

  it('leaves a deal where it is when none that stood so long ever moved', () =>
    expect(totals([...many(50, wonAfter(2)), standing(50)])[3]).toMatchObject({
      wonCount: same(0),
      openCount: same(1),
    }));

  it('follows deals that go back and come again', () => {
    const round: DealHistory = [
      [day(0), prospect('lead')],
      [day(1), advanced('need')],
      [day(2), advanced('lead')],
    ];
    // Of the visits of "lead", half lead to "need" and half are seen no longer: round and round, never out.
    const told = totals([...many(40, round)], { asOf: day(2), ends: [day(400)] });
    expect(told[0]).toMatchObject({ wonCount: same(0), openCount: same(40) });
  });

  it('looks at nothing that happened later', () => {
    const before = [...many(30, wonAfter(2)), ...many(30, lostAfter(3)), standing(99)];
    const after = [...before, ...many(30, lostAfter(1, 120))];
    expect(simulated(after)).toEqual(simulated(before));
  });

  it('goes on adding what was added in the latest weeks, or nothing', () => {
    const weekly = Array.from({ length: 10 }, (_, week) => wonAfter(2, 36 + week * 7));
    expect(totals(weekly)[3]!.wonToDate).toEqual(same(100n));
    const { inflow, groups } = simulated(weekly, { inflowWeeks: 8, ends: [day(128)] });
    expect(inflow).toEqual({ weeks: 8, arrivals: 8 });
    // One more a week for four weeks; the last one comes too late to be won.
    expect(groups[0]!.periods[0]).toMatchObject({ wonCount: same(4), openCount: same(1) });
  });

  it('tells what it has learnt, stage by stage', () =>
    expect(simulated([...many(3, wonAfter(2)), lostAfter(4), standing(99)]).learnt).toEqual([
      {
        ...{ stage: 'lead', visits: 5, ended: 4 },
        exits: [
          { to: 'won', kind: 'won', share: expect.closeTo(0.75, 12) },
          { to: 'lost', kind: 'lost', share: expect.closeTo(0.25, 12) },
        ],
      },
      { stage: 'need', visits: 0, ended: 0, exits: [] },
      { stage: 'closing', visits: 0, ended: 0, exits: [] },
    ]));

  it('gives a result for owners and teams as they are at its instant', () => {
    const deals: DealHistory[] = [
      ...many(20, wonAfter(2)),
      [...standing(99, 700), [day(99.5), owned('ben')]],
      standing(99, 30),
      [[day(99), prospect('lead', { minor: 1, ownerId: null })]],
    ];
    const history = historyOf([
      ...deals.flatMap((told, index) => ofDeal(`d${index}`, told)),
      ...ofRep('ben', [
        [day(0), { type: 'RepJoined', data: { repId: 'ben', name: 'Ben', teamId: 'north' } }],
        [day(101), { type: 'RepMoved', data: { repId: 'ben', from: 'north', to: 'south' } }],
      ]),
    ]);
    const amountsBy = (by: 'owner' | 'team') =>
      simulate(history, funnel, { ...asked, by }).groups.map(({ key, count, amount, periods }) => {
        return [key, count, amount, periods[3]!.wonToDate.p50];
      });
    expect(amountsBy('owner')).toEqual([
      ['anna', 1, 30n, 30n],
      ['ben', 1, 700n, 700n],
      [null, 1, 1n, 1n],
    ]);
    expect(amountsBy('team')).toEqual([
      ['north', 1, 700n, 700n],
      [null, 2, 31n, 31n],
    ]);
  });

  it('of nothing brings nothing', () =>
    expect(simulated([]).groups).toMatchObject([{ key: 'total', count: 0, amount: 0n }]));
});
