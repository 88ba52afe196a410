import type { DefinedFunnel } from '@funnel/sales';
import {
  advanced,
  day,
  historyOf,
  lost,
  machines,
  ofDeal,
  owned,
  planned,
  prospect,
  reopened,
  weighed,
  won,
  type DealHistory,
} from '../testing/histories.ts';
import { accuracyOf } from './accuracy.ts';
import { reforecast } from './reforecast.ts';
import type { ReforecastRequest } from './request.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const asked: ReforecastRequest = {
  ...{ funnelId: 'machines', ends: [day(10)], by: 'total', weights: {}, horizonDays: null, overrides: 'kept' },
};
const press: DealHistory = [
  [day(0), prospect('lead', { minor: 100_000 })],
  [day(5), advanced('need')],
  [day(20), won(90_000)],
];
const crane: DealHistory = [
  [day(2), prospect('lead', { minor: 50_000, ownerId: 'bert' })],
  [day(15), lost],
];

const forecast = (deals: Record<string, DealHistory>, said: Partial<ReforecastRequest> = {}) => {
  const history = historyOf(Object.entries(deals).flatMap(([id, told]) => ofDeal(id, told)));
  return reforecast(history, funnel, { ...asked, ...said });
};
const groups = (deals: Record<string, DealHistory>, said?: Partial<ReforecastRequest>) =>
  forecast(deals, said).periods.map((period) => period.groups);

describe('a re-forecast', () => {
  it('weighs what stood open by the stage it stood in, and tells what was won of it', () =>
    expect(groups({ press, crane })).toEqual([
      [{ key: 'total', count: 2, amount: 150_000n, forecast: 450_000_000n, realized: 90_000n }],
    ]));
  it('takes other weights for the stages that are named', () =>
    expect(groups({ press, crane }, { weights: { need: 5_000 } })[0]?.[0]).toMatchObject({ forecast: 550_000_000n }));
  it('counts as realized only what was won within the horizon', () => {
    expect(groups({ press }, { horizonDays: 9 })[0]?.[0]).toMatchObject({ realized: 0n });
    expect(groups({ press }, { horizonDays: 10 })[0]?.[0]).toMatchObject({ realized: 90_000n });
  });
  it('does not count a win that was taken back by the horizon', () => {
    const back: DealHistory = [...press, [day(25), reopened('need')]];
    expect(groups({ back }, { horizonDays: 14 })[0]?.[0]).toMatchObject({ realized: 90_000n });
    expect(groups({ back }, { horizonDays: 15 })[0]?.[0]).toMatchObject({ realized: 0n });
  });
  it('tells a total for a period in which nothing stood open', () =>
    expect(groups({ press }, { ends: [day(-1)] })).toEqual([
      [{ key: 'total', count: 0, amount: 0n, forecast: 0n, realized: 0n }],
    ]));
  it('groups by owner as it was at each period end, nobody last', () => {
    const handed: DealHistory = [...press, [day(8), owned(null)]];
    const keys = groups({ handed, crane }, { by: 'owner', ends: [day(7), day(9)] }).map((all) =>
      all.map(({ key }) => key),
    );
    expect(keys).toEqual([
      ['anna', 'bert'],
      ['bert', null],
    ]);
  });
  it('groups by stage in the order of the funnel', () => {
    const late: DealHistory = [[day(1), prospect('closing')]];
    expect(groups({ late, press, crane }, { by: 'stage' })[0]?.map(({ key }) => key)).toEqual([
      'lead',
      'need',
      'closing',
    ]);
  });
  it('weighs nothing without an open next step where the rule is on', () => {
    const stepped: DealHistory = [...press, [day(6), planned('2026-01-11T00:00:00Z')]];
    const at = (days: number) => groups({ stepped }, { nextStepRule: true, ends: [day(days)] })[0]?.[0]?.forecast;
    expect([at(5), at(7), at(9)]).toEqual([0n, 400_000_000n, 0n]);
  });
  it('keeps the weights of single deals, or drops them', () => {
    const sure: DealHistory = [...press, [day(6), weighed(1)]];
    const history = historyOf([...ofDeal('sure', sure), ...ofDeal('crane', crane)]);
    const under = (overrides: ReforecastRequest['overrides']) =>
      reforecast(history, funnel, { ...asked, overrides }).periods[0]?.groups[0]?.forecast;
    expect([under('kept'), under('dropped')]).toEqual([1_050_000_000n, 450_000_000n]);
  });
  it('adds up exactly what is more than plain numbers can', () => {
    const huge: DealHistory = [[day(1), prospect('lead', { minor: 999_999_999_999_999 })]];
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`d${index}`, huge]));
    expect(groups(many)[0]?.[0]).toMatchObject({ count: 33, amount: 32_999_999_999_999_967n });
  });
  it('takes the first beginning of a deal, whatever is told again', () =>
    expect(groups({ press: [...press, [day(6), prospect('closing', { minor: 7 })]] })[0]?.[0]).toMatchObject({
      ...{ count: 1, amount: 100_000n, forecast: 400_000_000n },
    }));
  it('passes over deals of other funnels', () => {
    expect(groups({ press }, { funnelId: 'ships' })[0]?.[0]).toMatchObject({ count: 0 });
  });
});

describe('the accuracy of a re-forecast', () => {
  it('compares every group with what came', () => {
    const byOwner = forecast({ press, crane }, { by: 'owner' });
    expect(accuracyOf(byOwner)).toEqual({ wape: 55_000 / 90_000, bias: -45_000 / 90_000 });
  });
  it('is unknown where nothing was realized', () =>
    expect(accuracyOf(forecast({ crane }))).toEqual({ wape: null, bias: null }));
});
