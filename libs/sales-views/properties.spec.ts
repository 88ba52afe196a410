import fc from 'fast-check';
import { aging } from './aging/aging.ts';
import { agingAt, agingReport } from './aging/aging-report.ts';
import { deals } from './deals/deals.ts';
import { funnelReport } from './funnel/funnel-report.ts';
import { journeys } from './journeys/journeys.ts';
import { standingAt } from './journeys/standing.ts';
import { machines } from './testing/machines.ts';

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
} from './testing/histories.ts';

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

type Told = readonly [at: number, saying: Saying];
const beginning = fc
  .record({ stage, minor, owner, region: fc.constantFrom('East', 'West') })
  .map(({ stage: first, minor: amount, owner: ownerId, region }): Told => [
    day(0),
    prospect(first, { minor: amount, ownerId, region }),
  ]);

/** One deal, told in order; several facts may share an instant. */
const histories: fc.Arbitrary<Told[]> = fc
  .tuple(beginning, fc.array(fc.tuple(fc.nat({ max: 60 }), saying), { maxLength: 25 }))
  .map(([first, rest]) => {
    const inOrder = rest.toSorted(([one], [other]) => one - other);
    return [first, ...inOrder.map(([days, said]): Told => [day(days), said])];
  });

/** One deal with distinct instants, in the order it happened and in another order of recording. */
const lateHistories: fc.Arbitrary<readonly [happened: Told[], toldLate: Told[]]> = fc
  .tuple(beginning, fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }))
  .chain(([first, days]) =>
    fc.tuple(...days.map((each) => saying.map((said): Told => [day(each), said]))).chain((rest) =>
      fc.shuffledSubarray(rest, { minLength: rest.length }).map((late): readonly [Told[], Told[]] => [
        [first, ...rest.toSorted(([one], [other]) => one - other)],
        [first, ...late],
      ]),
    ),
  );

const eventsOf = (told: readonly Told[][]) => told.flatMap((each, index) => ofDeal(`deal-${index}`, each));
const journeysOf = (told: readonly Told[][]) => [...rowsOf(journeys, eventsOf(told)).values()];
const someDeals = fc.array(histories, { minLength: 1, maxLength: 8 });
const somePeriod = fc.tuple(fc.nat({ max: 70 }), fc.nat({ max: 70 }), fc.nat({ max: 70 }));
const sum = <Item>(items: readonly Item[], of: (item: Item) => bigint) =>
  items.reduce((all, item) => all + of(item), 0n);

describe('whatever is told of deals', () => {
  it('they stand at the end as the list of deals shows them', () => {
    fc.assert(
      fc.property(histories, (told) => {
        const [row] = rowsOf(deals, eventsOf([told])).values();
        const [journey] = journeysOf([told]);
        const standing = journey && standingAt(journey, day(10_000));
        if (!row || !standing) throw new Error('the deal has no row');
        const { minor, currency, nextStepOpen, nextStepDueAt, closedBy: _, ...same } = standing;
        expect(row).toMatchObject({ ...same, amount: { minor, currency } });
        expect(row.nextStepStanding === 'open').toBe(nextStepOpen);
        expect(nextStepOpen ? row.nextStep?.dueAt : null).toBe(nextStepDueAt);
      }),
    );
  });

  it('everyone who entered a stage advanced, was lost, moved back or is still there', () => {
    fc.assert(
      fc.property(someDeals, somePeriod, (told, [from, to, asOf]) => {
        const period = { from: day(from), to: day(to), asOf: day(asOf) };
        const { stages, conversion } = funnelReport({ funnel: machines(), journeys: journeysOf(told), ...period });
        for (const { entered, advanced: ahead, lost: gone, movedBack, stillThere, reachedWon } of stages) {
          expect(ahead + gone + movedBack + stillThere).toBe(entered);
          expect(reachedWon).toBeLessThanOrEqual(ahead);
        }
        expect(conversion.won).toBeLessThanOrEqual(conversion.entered);
      }),
    );
  });

  it('the stages add up to the totals, and no deal is missing', () => {
    fc.assert(
      fc.property(someDeals, (told) => {
        const { stages, totals } = funnelReport({ funnel: machines(), journeys: journeysOf(told), asOf: day(100) });
        expect(sum(stages, ({ openCount }) => BigInt(openCount))).toBe(BigInt(totals.openCount));
        expect(sum(stages, ({ openAmount }) => openAmount)).toBe(totals.openAmount);
        expect(sum(stages, ({ weighted }) => weighted)).toBe(totals.weighted);
        expect(totals.openCount + totals.wonCount + totals.lostCount).toBe(told.length);
        expect(totals.dealCount).toBe(told.length);
        expect(totals.openAmount + totals.wonAmount + totals.lostAmount).toBe(totals.dealAmount);
      }),
    );
  });

  it('the reports of regions add up to that of all', () => {
    fc.assert(
      fc.property(someDeals, (told) => {
        const reportOf = (region?: string) =>
          funnelReport({ funnel: machines(), journeys: journeysOf(told), asOf: day(40), filter: { region } }).totals;
        const parts = [reportOf('East'), reportOf('West')];
        expect(sum(parts, ({ weighted }) => weighted)).toBe(reportOf().weighted);
        expect(sum(parts, ({ wonAmount }) => wonAmount)).toBe(reportOf().wonAmount);
      }),
    );
  });

  it('a late entry changes nothing but the time of its recording', () => {
    fc.assert(
      fc.property(fc.array(lateHistories, { maxLength: 4 }), fc.nat({ max: 70 }), (told, asOf) => {
        const reportOf = (each: Told[][]) =>
          funnelReport({ funnel: machines(), journeys: journeysOf(each), from: day(5), asOf: day(asOf) });
        expect(reportOf(told.map(([, late]) => late))).toEqual(reportOf(told.map(([happened]) => happened)));
      }),
    );
  });

  it('what is told after an instant changes no report as of that instant', () => {
    fc.assert(
      fc.property(someDeals, fc.nat({ max: 60 }), (told, asOf) => {
        const reportOf = (each: Told[][]) =>
          funnelReport({ funnel: machines(), journeys: journeysOf(each), asOf: day(asOf) });
        expect(reportOf(told.map((each) => each.filter(([at]) => at <= day(asOf))))).toEqual(reportOf(told));
      }),
    );
  });

  it('the aging of the present is the same from its own rows and from the journeys', () => {
    fc.assert(
      fc.property(someDeals, (told) => {
        const limits = { lead: 3, contact: 20, closing: 30 };
        const request = { funnels: [machines({ limits })], now: day(70), timeZone: 'Asia/Shanghai' };
        const rows = rowsOf(aging, eventsOf(told)).values();
        expect(agingAt({ ...request, journeys: journeysOf(told) })).toEqual(agingReport({ ...request, rows }));
      }),
    );
  });
});
