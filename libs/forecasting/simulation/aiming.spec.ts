import type { DefinedFunnel } from '@funnel/sales';
import { day, historyOf, lost, machines, ofDeal, prospect, won, type DealHistory } from '../testing/histories.ts';
import { simulate } from './simulate.ts';
import type { Target } from './target.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const many = (count: number, ownerId: string, end: DealHistory[number][1], minor = 100): DealHistory[] =>
  new Array<DealHistory>(count).fill([
    [day(90), prospect('lead', { minor, ownerId })],
    [day(92), end],
  ]);
const standing = (ownerId: string): DealHistory => [[day(100), prospect('lead', { minor: 100, ownerId })]];
/** Long ago, so that there are whole weeks to look at. */
const first: DealHistory = [
  [day(0), prospect('lead', { ownerId: 'zoe' })],
  [day(2), won(100)],
];
const asked: Target = { amount: 500, until: day(110), by: 'total', key: 'total', chance: 50, likeWeeks: 13 };

const aimed = (deals: readonly DealHistory[], said: Partial<Target> = {}) =>
  simulate(historyOf([first, ...deals].flatMap((told, index) => ofDeal(`d${index}`, told))), funnel, {
    ...{ funnelId: 'machines', asOf: day(100), ends: [day(105), day(120)], by: 'owner', runs: 200, seed: 1 },
    ...{ inflowWeeks: null, target: { ...asked, ...said } },
  }).target;

describe('what must be added to reach a target', () => {
  const sure = [...many(60, 'anna', won(100)), standing('anna')];

  it('is what is missing once everything that stands open has been won', () => {
    // One deal of 100 stands open and is won for sure: four more are needed.
    expect(aimed(sure)).toEqual({ reached: 0, needed: 4, like: 61 });
    expect(aimed(sure, { amount: 100 })).toMatchObject({ reached: 1, needed: 0 });
  });

  it('grows with the chance that is wanted where deals may be lost', () => {
    const coins = [...many(60, 'anna', won(100)), ...many(60, 'anna', lost)];
    const [half, most] = [aimed(coins)!.needed!, aimed(coins, { chance: 90 })!.needed!];
    // The fifth success in throws of a coin comes at the ninth in half of all cases, at the fourteenth in nine of ten.
    expect(Math.abs(half - 9)).toBeLessThanOrEqual(1);
    expect(Math.abs(most - 14)).toBeLessThanOrEqual(2);
  });

  it('is never enough where it is too late', () =>
    expect(aimed(sure, { until: day(101) })).toEqual({ reached: 0, needed: null, like: 61 }));

  it('counts the deals of those whose target it is, and takes prospects like theirs', () => {
    const two = [...sure, ...many(30, 'ben', won(1_000), 1_000), standing('ben')];
    expect(aimed(two, { by: 'owner', key: 'anna' })).toEqual({ reached: 0, needed: 4, like: 61 });
    expect(aimed(two, { by: 'owner', key: 'ben', amount: 2_000 })).toEqual({ reached: 0, needed: 2, like: 31 });
    // Nobody's prospects: those of all are taken.
    expect(aimed(two, { by: 'owner', key: 'carl' })).toMatchObject({ reached: 0, like: 92 });
  });

  it('is unknown where no prospect came lately', () =>
    expect(aimed([])).toEqual({ reached: 0, needed: null, like: 0 }));
});
