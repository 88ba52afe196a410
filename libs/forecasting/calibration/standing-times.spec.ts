import type { DefinedFunnel } from '@funnel/sales';
import * as say from '../testing/histories.ts';
import { day, historyOf, machines, ofDeal, type DealHistory } from '../testing/histories.ts';
import { sampled, samplesByStage } from './standing-times.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const ends = [day(10), day(20), day(30), day(40)];
const samples = (deals: readonly DealHistory[]) => {
  const history = historyOf(deals.flatMap((told, index) => ofDeal(`d${index}`, told)));
  const found = samplesByStage(history, funnel, { funnelId: 'machines', ends });
  return Object.fromEntries(history.stages.texts.map((stage, code) => [stage, found[code]]));
};

describe('what counts of deals are worth', () => {
  it('is so many independent ones as deals where each was counted as often as the others', () => {
    expect(sampled([1, 1, 1])).toEqual({ deals: 3, effective: 3 });
    expect(sampled([12, 12, 12])).toEqual({ deals: 3, effective: 3 });
  });
  it('is less where few deals were counted more often than the rest', () =>
    expect(sampled([9, 1, 1, 1])).toEqual({ deals: 4, effective: expect.closeTo(144 / 84, 12) }));
  it('is nothing of nothing', () => expect(sampled([])).toEqual({ deals: 0, effective: 0 }));
});

describe('the deals that stood in a stage at period ends', () => {
  it('are counted at each of the ends at which they stood there', () => {
    const long: DealHistory = [
      [day(1), say.prospect('lead')],
      [day(30), say.advanced('need')],
    ];
    const short: DealHistory = [
      [day(15), say.prospect('lead')],
      [day(20), say.owned('bert')],
      [day(25), say.won(1)],
    ];
    expect(samples([long, short])).toEqual({
      lead: { deals: 2, effective: 9 / 5 },
      need: { deals: 1, effective: 1 },
    });
  });
  it('are not there before they begin, once they are closed, or in another currency', () =>
    expect(
      samples([
        [
          [day(11), say.prospect('lead')],
          [day(19), say.lost],
        ],
        [[day(1), say.prospect('need', { currency: 'EUR' })]],
      ]),
    ).toEqual({ lead: { deals: 0, effective: 0 }, need: { deals: 0, effective: 0 } }));
});
