import fc from 'fast-check';
import type { DefinedFunnel, FunnelDefinition } from '@funnel/sales';
import * as say from '../testing/histories.ts';
import {
  day,
  historyOf,
  machines,
  ofDeal,
  ofFunnel,
  ofRep,
  recordedOn,
  type DealHistory,
} from '../testing/histories.ts';
import { foldedReforecast } from '../testing/plain-fold.ts';
import { reforecast } from './reforecast.ts';
import { groupings, type Reforecast, type ReforecastRequest } from './request.ts';

/** `elsewhere` is a stage that no version of the funnel knows. */
const stage = fc.constantFrom('lead', 'need', 'closing', 'elsewhere');
const owner = fc.constantFrom('anna', 'bert', null);
/** Ordinary amounts, and such that a few of them are more than a plain number can add up. */
const minor = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000_000_000_000 }));
const saying: fc.Arbitrary<say.Saying> = fc.oneof(
  { weight: 3, arbitrary: stage.map(say.advanced) },
  { weight: 2, arbitrary: minor.map((amount) => say.worth(amount)) },
  minor.map((amount) => say.worth(amount, 'EUR')),
  { weight: 2, arbitrary: minor.map(say.won) },
  fc.constant(say.lost),
  { weight: 2, arbitrary: stage.map(say.reopened) },
  owner.map(say.owned),
  fc.constantFrom(0, 0.35, 1).map(say.weighed),
  fc.constant(say.unweighed),
  fc.constantFrom('2026-01-20T00:00:00Z', '2026-02-10T08:00:00Z', null).map(say.planned),
  fc.constant(say.stepped),
  fc.constant(say.called),
);
/** Anything, in any order of business time: late entries, several facts of one instant, facts from before the beginning. */
const dealHistory: fc.Arbitrary<DealHistory> = fc
  .tuple(
    fc.tuple(
      fc.nat({ max: 20 }),
      fc
        .record({ at: stage, minor, ownerId: owner, region: fc.constantFrom('East', undefined) })
        .map(({ at, ...said }) => say.prospect(at, said)),
    ),
    fc.array(fc.tuple(fc.nat({ max: 60 }), saying), { maxLength: 20 }),
  )
  .map((told) => told.flat(1) as never)
  .map(([days, first, ...rest]: [number, say.Saying, ...[number, say.Saying][]]) => [
    [day(days), first] as const,
    ...rest.map(([each, said]) => [day(each), said] as const),
  ]);

const revised: FunnelDefinition = {
  ...machines,
  nextStepRule: true,
  nextStepGraceDays: 10,
  stages: machines.stages.map((each) => ({ ...each, weight: 0.5 })),
};
const funnel: DefinedFunnel = {
  status: 'defined',
  versions: [
    { at: day(0), definition: machines },
    { at: day(30), definition: revised },
  ],
};
const funnelEvents = ofFunnel([
  [day(0), { type: 'FunnelDefined', data: machines }],
  [day(30), { type: 'FunnelRevised', data: revised }],
]);
const teams = {
  anna: [
    { at: day(15), teamId: 'north' },
    { at: day(25), teamId: 'south' },
  ],
};
const people = ofRep('anna', [
  [day(15), { type: 'RepJoined', data: { repId: 'anna', name: 'Anna', teamId: 'north' } }],
  [day(25), { type: 'RepMoved', data: { repId: 'anna', from: 'north', to: 'south' } }],
]);

const request: fc.Arbitrary<ReforecastRequest> = fc.record({
  funnelId: fc.constant('machines'),
  ends: fc
    .uniqueArray(fc.integer({ min: -1, max: 70 }), { minLength: 1, maxLength: 6 })
    .map((days) => days.sort((one, other) => one - other).map(day)),
  by: fc.constantFrom(...groupings),
  weights: fc.constantFrom<ReforecastRequest['weights']>(
    {},
    { lead: 2_500 },
    { lead: 0, need: 5_000, closing: 10_000 },
  ),
  ageWeights: fc.constantFrom<ReforecastRequest['ageWeights'][]>(
    undefined,
    { need: [{ fromDays: 7, weight: 1_234 }] },
    {
      lead: [
        { fromDays: 0, weight: 9_000 },
        { fromDays: 5, weight: 0 },
      ],
      closing: [{ fromDays: 20, weight: 5_001 }],
    },
  ),
  horizonDays: fc.constantFrom(null, 0, 10, 30),
  nextStepRule: fc.constantFrom(undefined, true, false),
  overrides: fc.constantFrom('kept', 'dropped'),
});

/** Another question about the same periods: what it differs in is what must be told apart. */
const another: fc.Arbitrary<Partial<ReforecastRequest>> = fc.oneof(
  request.map(({ weights }) => ({ weights })),
  request.map(({ ageWeights }) => ({ ageWeights })),
  request.map(({ by }) => ({ by })),
  request.map(({ horizonDays }) => ({ horizonDays })),
  request.map(({ overrides }) => ({ overrides })),
  request.map(({ nextStepRule }) => ({ nextStepRule })),
  request.map(({ ends }) => ({ ends })),
);

const byKey = ({ currency, periods }: Reforecast) => ({
  currency,
  periods: periods.map(({ at, groups }) => ({ at, groups: new Map(groups.map((group) => [group.key, group])) })),
});

describe('forecasting again from history', () => {
  it('gives the digits of a plain fold of the events', () => {
    fc.assert(
      fc.property(fc.array(dealHistory, { maxLength: 6 }), request, (histories, asked) => {
        const deals = histories.map((history, index) => ofDeal(`d${index}`, history));
        const history = historyOf([...funnelEvents, ...people, ...deals.flat()]);
        expect(byKey(reforecast(history, funnel, asked))).toEqual(
          byKey(foldedReforecast({ funnel, deals, teams }, asked)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('of what was known then is that of a log that ends then', () => {
    fc.assert(
      fc.property(fc.array(dealHistory, { maxLength: 4 }), request, fc.nat({ max: 20 }), (histories, asked, last) => {
        const deals = histories.flatMap((told, index) => ofDeal(`d${index}`, told));
        const events = [...funnelEvents, ...people, ...deals];
        const then = historyOf(events.filter(({ revision }) => revision <= last));
        const known = historyOf(events).knownAt(recordedOn(last));
        expect(known.funnel('machines')).toEqual(then.funnel('machines'));
        expect(reforecast(known, funnel, asked)).toEqual(reforecast(then, funnel, asked));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same however the rows were put together in between', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { maxLength: 4 }),
        request,
        fc.infiniteStream(fc.nat({ max: 9 })),
        (told, asked, dice) => {
          const deals = told.map((history, index) => ofDeal(`d${index}`, history));
          // As a log has them: deals between each other.
          const events = [
            ...funnelEvents,
            ...people,
            ...deals.flat().sort((one, other) => one.revision - other.revision),
          ];
          const history = historyOf([]);
          for (const event of events) {
            history.add(event);
            if (dice.next().value === 0) history.compact();
          }
          expect(reforecast(history, funnel, asked)).toEqual(reforecast(historyOf(events), funnel, asked));
          expect(byKey(reforecast(history, funnel, asked))).toEqual(
            byKey(foldedReforecast({ funnel, deals, teams }, asked)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the same whether it was asked in between or not', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { minLength: 1, maxLength: 4 }),
        request,
        another,
        (histories, asked, other) => {
          const deals = histories.flatMap((told, index) => ofDeal(`d${index}`, told));
          const events = [...funnelEvents, ...deals, ...people];
          const history = historyOf([]);
          for (const event of events.slice(0, -1)) {
            history.add(event);
            reforecast(history, funnel, asked);
          }
          // Whatever was asked before of the same history, with other weights or by something else, leaves no trace.
          history.add(events.at(-1)!);
          reforecast(history, funnel, { ...asked, ...other });
          expect(reforecast(history, funnel, asked)).toEqual(reforecast(historyOf(events), funnel, asked));
        },
      ),
    );
  });
});
