import fc from 'fast-check';
import type { DefinedFunnel } from '@funnel/sales';
import * as say from '../testing/histories.ts';
import { day, historyOf, machines, ofDeal, type DealHistory } from '../testing/histories.ts';
import type { Simulation, SimulationRequest } from './request.ts';
import { simulate } from './simulate.ts';
import type { Spread } from './spread.ts';

const stage = fc.constantFrom('lead', 'need', 'closing');
const minor = fc.integer({ min: 0, max: 1_000_000 });
const owner = fc.constantFrom('anna', 'bert', null);
const saying: fc.Arbitrary<say.Saying> = fc.oneof(
  { weight: 5, arbitrary: stage.map(say.advanced) },
  minor.map((amount) => say.worth(amount)),
  { weight: 2, arbitrary: minor.map(say.won) },
  fc.constant(say.lost),
  stage.map(say.reopened),
  owner.map(say.owned),
);
const dealHistory: fc.Arbitrary<DealHistory> = fc
  .record({
    begin: fc.nat({ max: 40 }),
    first: fc.record({ at: stage, minor, ownerId: owner }),
    rest: fc.array(fc.tuple(fc.nat({ max: 80 }), saying), { maxLength: 8 }),
  })
  .map(({ begin, first: { at, ...said }, rest }) => [
    [day(begin), say.prospect(at, said)],
    ...rest.map(([each, saying]) => [day(each), saying] as const),
  ]);
const request = fc
  .record({
    asOf: fc.integer({ min: 20, max: 90 }).map(day),
    by: fc.constantFrom('total' as const, 'owner' as const, 'team' as const),
    runs: fc.integer({ min: 1, max: 60 }),
    seed: fc.nat(),
    inflowWeeks: fc.option(fc.integer({ min: 1, max: 10 })),
    lengths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ lengths, ...asked }): SimulationRequest => {
    const ends = lengths.map((_, index) =>
      lengths.slice(0, index + 1).reduce((sum, each) => sum + day(each) - day(0), asked.asOf),
    );
    return { ...asked, funnelId: 'machines', ends };
  });

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const whenSimulated = (
  judge: (
    result: Simulation,
    asked: SimulationRequest,
    again: (said?: Partial<SimulationRequest>) => Simulation,
  ) => void,
) =>
  fc.assert(
    fc.property(fc.array(dealHistory, { minLength: 1, maxLength: 12 }), request, (deals, asked) => {
      const events = deals.flatMap((told, index) => ofDeal(`d${index}`, told));
      const run = (said: Partial<SimulationRequest> = {}) => simulate(historyOf(events), funnel, { ...asked, ...said });
      judge(run(), asked, run);
    }),
  );
const isOrdered = <Value extends bigint | number>({ p10, p50, p90 }: Spread<Value>) => p10 <= p50 && p50 <= p90;

describe('any simulation', () => {
  it('gives the same digits again', () => whenSimulated((result, _, again) => expect(again()).toEqual(result)));

  it('has no negative figures, and its quantiles in order', () =>
    whenSimulated(({ groups }) => {
      for (const { periods } of groups) {
        for (const { until: _, ...spreads } of periods) {
          for (const spread of Object.values(spreads)) {
            expect(isOrdered<bigint | number>(spread)).toBe(true);
            expect(spread.p10 >= 0).toBe(true);
          }
        }
      }
    }));

  it('wins no more than stands open where nothing is added, and loses sight of nothing', () =>
    whenSimulated(({ groups }, { inflowWeeks, runs }) => {
      if (inflowWeeks !== null) return;
      for (const { amount, count, periods } of groups) {
        const last = periods.at(-1)!;
        expect(last.wonToDate.p90 <= amount && last.openCount.p90 <= count).toBe(true);
        // Of one run the quantiles are what it brought: what is won and what is open were open before.
        if (runs === 1) expect(last.wonToDate.p50 + last.open.p50 <= amount).toBe(true);
      }
    }));

  it('knows chances from 0 to 1 only', () =>
    whenSimulated(({ learnt }) => {
      for (const { exits } of learnt) {
        const all = exits.reduce((sum, { share }) => sum + share, 0);
        expect(exits.every(({ share }) => share > 0)).toBe(true);
        expect(all).toBeLessThanOrEqual(1 + 1e-12);
      }
    }));

  it('draws the same futures, however they are grouped', () =>
    whenSimulated((_, { ends }, again) => {
      const broughtBy = (by: SimulationRequest['by']) =>
        ends.map((_, period) =>
          again({ by, runs: 1 }).groups.reduce((sum, { periods }) => sum + periods[period]!.won.p50, 0n),
        );
      expect(broughtBy('owner')).toEqual(broughtBy('total'));
      expect(broughtBy('team')).toEqual(broughtBy('total'));
    }));
});
