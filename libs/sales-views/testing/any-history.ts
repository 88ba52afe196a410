import fc from 'fast-check';
import { journeys } from '../journeys/journeys.ts';
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
  unweighed,
  weighed,
  won,
  worth,
  type Saying,
} from './histories.ts';

/** `elsewhere` is a stage that no version of the funnel knows. */
const stage = fc.constantFrom('lead', 'contact', 'need', 'closing', 'elsewhere');
const owner = fc.constantFrom('anna', 'bert', null);
const minor = fc.integer({ min: 0, max: 1_000_000_000 });

/** Anything that may be told of a deal, sensible or not: reports must hold for imports as well. */
const saying: fc.Arbitrary<Saying> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(stage, stage).map(([from, to]) => advanced(from, to)) },
  { weight: 2, arbitrary: fc.tuple(stage, stage).map(([from, to]) => regressed(from, to)) },
  stage.map(reopened),
  fc.tuple(stage, minor).map(([at, amount]) => won(at, amount)),
  stage.map((at) => lost(at)),
  minor.map((amount) => worth(amount)),
  fc.constantFrom('2026-02-01', '2026-07-15', null).map(expected),
  fc.tuple(owner, owner).map(([from, to]) => owned(from, to)),
  fc.constantFrom(0, 0.35, 1).map(weighed),
  fc.constant(unweighed),
  fc.constantFrom('2026-01-20T00:00:00Z', null).map(planned),
  fc.constant(stepped),
  fc.constantFrom('call' as const, 'visit' as const).map(contacted),
  fc.constant(met('budget')),
);

export type Told = readonly [at: number, saying: Saying];
const beginning = fc
  .record({ stage, minor, owner, region: fc.constantFrom('East', 'West') })
  .map(({ stage: first, minor: amount, owner: ownerId, region }): Told => [
    day(0),
    prospect(first, { minor: amount, ownerId, region }),
  ]);

/** One deal, told in order; several facts may share an instant. */
export const histories: fc.Arbitrary<Told[]> = fc
  .tuple(beginning, fc.array(fc.tuple(fc.nat({ max: 60 }), saying), { maxLength: 25 }))
  .map(([first, rest]) => {
    const inOrder = rest.toSorted(([one], [other]) => one - other);
    return [first, ...inOrder.map(([days, said]): Told => [day(days), said])];
  });

/** One deal with distinct instants, in the order it happened and in another order of recording. */
export const lateHistories: fc.Arbitrary<readonly [happened: Told[], toldLate: Told[]]> = fc
  .tuple(beginning, fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }))
  .chain(([first, days]) =>
    fc.tuple(...days.map((each) => saying.map((said): Told => [day(each), said]))).chain((rest) =>
      fc.shuffledSubarray(rest, { minLength: rest.length }).map((late): readonly [Told[], Told[]] => [
        [first, ...rest.toSorted(([one], [other]) => one - other)],
        [first, ...late],
      ]),
    ),
  );

/** One deal, told in any order. */
export const anyTelling: fc.Arbitrary<readonly Told[]> = fc.oneof(
  histories,
  lateHistories.map(([, late]) => late),
);

export const eventsOf = (told: readonly Told[][]) => told.flatMap((each, index) => ofDeal(`deal-${index}`, each));
export const journeysOf = (told: readonly Told[][]) => [...rowsOf(journeys, eventsOf(told)).values()];
export const someDeals = fc.array(histories, { minLength: 1, maxLength: 8 });
export const somePeriod = fc.tuple(fc.nat({ max: 70 }), fc.nat({ max: 70 }), fc.nat({ max: 70 }));
