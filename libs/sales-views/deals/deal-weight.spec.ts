import {
  day,
  lost,
  ofDeal,
  planned,
  prospect,
  rowsOf,
  stepped,
  weighed,
  won,
  type Saying,
} from '../testing/histories.ts';
import { machines } from '../testing/machines.ts';
import { dealWeight, weighableDeal } from './deal-weight.ts';
import { deals } from './deals.ts';

const weightAfter = (told: [number, Saying][], { nextStepRule = false, at = day(9) } = {}) => {
  const row = rowsOf(deals, ofDeal('a', [[day(0), prospect('need')], ...told])).get('a');
  return row && dealWeight(weighableDeal(row), machines({ nextStepRule }), at);
};
const step = planned('2026-01-09T00:00:00Z');

describe('the weight of a deal', () => {
  it('is that of its stage', () => expect(weightAfter([])).toEqual({ weight: 5_000, because: 'stage' }));

  it('is its own where somebody set one', () =>
    expect(weightAfter([[day(1), weighed(0.35)]])).toEqual({ weight: 3_500, because: 'override' }));

  it('is whole when it is won and nothing when it is lost', () => {
    expect(weightAfter([[day(1), won('need', 7)]])).toEqual({ weight: 10_000, because: 'won' });
    expect(weightAfter([[day(1), lost('need')]])).toEqual({ weight: 0, because: 'lost' });
  });

  it('is nothing without an open next step where the funnel asks for one, also with a weight of its own', () => {
    const none = { weight: 0, because: 'no-next-step' };
    expect(weightAfter([[day(1), weighed(0.35)]], { nextStepRule: true })).toEqual(none);
    expect(weightAfter([[day(1), step]], { nextStepRule: true, at: day(2) })).toMatchObject({ weight: 5_000 });
    expect(
      weightAfter(
        [
          [day(1), step],
          [day(2), stepped],
        ],
        { nextStepRule: true },
      ),
    ).toEqual(none);
    expect(weightAfter([[day(1), step]], { nextStepRule: true, at: day(40) })).toEqual(none);
  });
});
