/** Histories and questions of every kind, for properties. */
import fc from 'fast-check';
import type { DefinedFunnel, FunnelDefinition } from '@funnel/sales';
import * as say from './histories.ts';
import { day, machines, ofFunnel, ofRep, type DealHistory } from './histories.ts';
import { groupings, type ReforecastRequest } from '../reforecast/request.ts';

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
/** Some days, and moments after each other. */
const instant = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 60 }).map(day) },
  fc.nat({ max: 5_000 }).map((milliseconds) => day(20) + milliseconds),
);
/** Anything, in any order of business time: late entries, several facts of one instant, facts from before the beginning. */
export const dealHistory: fc.Arbitrary<DealHistory> = fc
  .tuple(
    fc.tuple(
      fc.nat({ max: 20 }).map(day),
      fc
        .record({
          at: stage,
          minor,
          ownerId: owner,
          region: fc.constantFrom('East', undefined),
          industry: fc.constantFrom('Steel', undefined),
        })
        .map(({ at, ...said }) => say.prospect(at, said)),
    ),
    fc.array(fc.tuple(instant, saying), { maxLength: 20 }),
  )
  .map((told) => told.flat(1) as never)
  .map(([at, first, ...rest]: [number, say.Saying, ...[number, say.Saying][]]) => [[at, first] as const, ...rest]);

const revised: FunnelDefinition = {
  ...machines,
  nextStepRule: true,
  nextStepGraceDays: 10,
  stages: machines.stages.map((each) => ({ ...each, weight: 0.5 })),
};
export const funnel: DefinedFunnel = {
  status: 'defined',
  versions: [
    { at: day(0), definition: machines },
    { at: day(30), definition: revised },
  ],
};
export const funnelEvents = ofFunnel([
  [day(0), { type: 'FunnelDefined', data: machines }],
  [day(30), { type: 'FunnelRevised', data: revised }],
]);
export const teams = {
  anna: [
    { at: day(15), teamId: 'north' },
    { at: day(25), teamId: 'south' },
  ],
};
export const people = ofRep('anna', [
  [day(15), { type: 'RepJoined', data: { repId: 'anna', name: 'Anna', teamId: 'north' } }],
  [day(25), { type: 'RepMoved', data: { repId: 'anna', from: 'north', to: 'south' } }],
]);

export const request: fc.Arbitrary<ReforecastRequest> = fc.record({
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
