import fc from 'fast-check';
import { aging } from './aging/aging.ts';
import { agingAt, agingReport } from './aging/aging-report.ts';
import { deals } from './deals/deals.ts';
import { funnelReport } from './funnel/funnel-report.ts';
import { standingAt } from './journeys/standing.ts';
import { machines } from './testing/machines.ts';

import {
  eventsOf,
  histories,
  journeysOf,
  lateHistories,
  someDeals,
  somePeriod,
  type Told,
} from './testing/any-history.ts';
import { day, rowsOf } from './testing/histories.ts';

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
        // A revision is for what is told next, and nothing is told of the past.
        const rows = [...rowsOf(aging, eventsOf(told)).values()].map((row) => ({ ...row, revision: null }));
        expect(agingAt({ ...request, journeys: journeysOf(told) })).toEqual(agingReport({ ...request, rows }));
      }),
    );
  });
});
