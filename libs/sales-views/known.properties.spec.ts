import fc from 'fast-check';
import { formatInstant, type DomainEvent, type Recorded } from '@funnel/kernel';
import type { AlertEvent, DealEvent, FunnelEvent, QuotaEvent, RepEvent, TeamEvent } from '@funnel/sales';
import { agingAt } from './aging/aging-report.ts';
import { alertAt } from './alerts/alert-at.ts';
import { alerts } from './alerts/alerts.ts';
import { dealAt } from './deals/deal-at.ts';
import { deals } from './deals/deals.ts';
import { pastDeals } from './deals/past-deals.ts';
import { funnelReport } from './funnel/funnel-report.ts';
import { funnels } from './funnel/funnels.ts';
import { journeys } from './journeys/journeys.ts';
import { funnelKnownAt, journeyKnownAt, knownAmong, quotaKnownAt, repKnownAt, teamKnownAt } from './known.ts';
import { reps, teams } from './people/people.ts';
import { quotaReport } from './quota/quota-report.ts';
import { quotas } from './quota/quotas.ts';
import { anyCompany, type Company } from './testing/any-company.ts';
import { day, rowsOf } from './testing/histories.ts';

const recordedBy = <Event extends DomainEvent>(events: readonly Recorded<Event>[], knownAt: number) =>
  events.filter(({ recordedAt }) => recordedAt <= knownAt);
const listed = <Row extends object>(rows: Map<string, Row>): Row[] => [...rows.values()];
const instant = fc.nat({ max: 80 }).map(day);

/** The company's rows by a plain fold of what was on record by then. */
const foldedBy = ({ dealt, funnelled, joined, teamed, set }: Company, knownAt: number) => ({
  journeys: listed(rowsOf(journeys, recordedBy<DealEvent>(dealt, knownAt))),
  funnels: listed(rowsOf(funnels, recordedBy<FunnelEvent>(funnelled, knownAt))),
  reps: listed(rowsOf(reps, recordedBy<RepEvent>(joined, knownAt))),
  teams: listed(rowsOf(teams, recordedBy<TeamEvent>(teamed, knownAt))),
  quotas: listed(rowsOf(quotas, recordedBy<QuotaEvent>(set, knownAt))),
});
/** The same from the rows of today. */
const knownBy = (company: Company, knownAt: number) => {
  const today = foldedBy(company, Infinity);
  return {
    journeys: [...knownAmong(today.journeys, journeyKnownAt, knownAt)],
    funnels: [...knownAmong(today.funnels, funnelKnownAt, knownAt)],
    reps: [...knownAmong(today.reps, repKnownAt, knownAt)],
    teams: [...knownAmong(today.teams, teamKnownAt, knownAt)],
    quotas: [...knownAmong(today.quotas, quotaKnownAt, knownAt)],
  };
};
type Rows = ReturnType<typeof foldedBy>;

const place = { timeZone: 'Asia/Shanghai', currency: 'CNY' };
const filter = { teamId: 'north' };
const order = { by: 'amount', direction: -1 } as const;

/** Every report that there is, for all and for a team. */
const reportsOf = (rows: Rows, asOf: number) => ({
  funnel: rows.funnels.map((funnel) => [
    funnelReport({ ...rows, funnel, asOf }),
    funnelReport({ ...rows, funnel, filter, asOf }),
  ]),
  aging: [agingAt({ ...rows, ...place, now: asOf }), agingAt({ ...rows, ...place, filter, now: asOf })],
  quota: ['company', 'rep-anna', 'team-north'].map((subject) =>
    quotaReport({ ...rows, ...place, subject, period: '2026-01', asOf }),
  ),
  deals: [
    pastDeals({ ...rows, filter: {}, order, asOf, limit: 100 }),
    pastDeals({ ...rows, filter: { ...filter, status: 'open' }, order, asOf, limit: 100 }),
  ],
});

describe('what was known at an instant', () => {
  it('is what the events recorded by then make', () => {
    fc.assert(
      fc.property(anyCompany, instant, (company, knownAt) => {
        expect(knownBy(company, knownAt)).toEqual(foldedBy(company, knownAt));
      }),
    );
  });

  it('gives the reports that one would have been shown then, as of any instant', () => {
    fc.assert(
      fc.property(anyCompany, instant, instant, (company, knownAt, asOf) => {
        expect(reportsOf(knownBy(company, knownAt), asOf)).toEqual(reportsOf(foldedBy(company, knownAt), asOf));
      }),
    );
  });

  it('is everything, once it was all recorded', () => {
    fc.assert(
      fc.property(anyCompany, (company) => {
        expect(knownBy(company, day(10_000))).toEqual(foldedBy(company, Infinity));
      }),
    );
  });
});

describe('a deal of the past', () => {
  it('at the end of time is the deal of today', () => {
    fc.assert(
      fc.property(anyCompany, ({ dealt }) => {
        const today = rowsOf(deals, dealt);
        const toldOf = Map.groupBy(dealt, ({ data }) => data.dealId);
        for (const [dealId, told] of toldOf) {
          const inOrder = told.every(({ at }, index) => at >= (told[index - 1]?.at ?? -Infinity));
          if (inOrder) expect(dealAt(told, { asOf: Infinity, knownAt: Infinity })).toEqual(today.get(dealId));
        }
      }),
    );
  });

  it('stands in the list as its own page shows it', () => {
    fc.assert(
      fc.property(anyCompany, instant, instant, (company, knownAt, asOf) => {
        const { journeys: known } = knownBy(company, knownAt);
        const places = pastDeals({ journeys: known, filter: {}, order, asOf, limit: 100 });
        const pages = listed(Map.groupBy(company.dealt, ({ data }) => data.dealId) as Map<string, typeof company.dealt>)
          .flatMap((told) => dealAt(told, { asOf, knownAt }) ?? [])
          .map(({ dealId, amount }) => ({ dealId, value: amount.minor }));
        const byId = (one: { dealId: string }, other: { dealId: string }) => (one.dealId < other.dealId ? -1 : 1);
        expect(places.toSorted(byId)).toEqual(pages.toSorted(byId));
      }),
    );
  });

  it('comes on exactly one page, whatever the page’s length', () => {
    fc.assert(
      fc.property(anyCompany, fc.constantFrom('amount', 'changedAt', 'since', 'expectedClose'), (company, by) => {
        const request = {
          journeys: knownBy(company, Infinity).journeys,
          filter: {},
          order: { by, direction: -1 },
          asOf: day(90),
        } as const;
        const all = pastDeals({ ...request, limit: 100 });
        const paged = all.flatMap((_, index) => pastDeals({ ...request, limit: 1, after: all[index - 1] }));
        expect(paged).toEqual(all);
      }),
    );
  });
});

describe('an alert of the past', () => {
  const data = (said: object) => ({ alertId: 'dwell-a-1', ...said });
  const told = (at: number, recordedAt: number, revision: number, event: AlertEvent): Recorded<AlertEvent> =>
    ({ ...event, at, recordedAt, revision, actor: { user: 'anna', role: 'rep' } }) as Recorded<AlertEvent>;
  const raised = {
    type: 'AlertRaised',
    data: data({ since: formatInstant(0), dueAt: formatInstant(0) }),
  } as AlertEvent;
  const times = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).map(([at, late]) => [at, at + late] as const);

  it('stands as the events of then made it', () => {
    fc.assert(
      fc.property(times, fc.option(times), fc.option(times), fc.nat({ max: 20 }), (first, seen, over, knownAt) => {
        const events = [
          told(...first, 0, raised),
          ...(seen ? [told(...seen, 1, { type: 'AlertAcknowledged', data: { alertId: 'dwell-a-1' } })] : []),
          ...(over
            ? [
                told(...over, seen ? 2 : 1, {
                  type: 'AlertResolved',
                  data: { alertId: 'dwell-a-1', because: 'closed' },
                }),
              ]
            : []),
        ];
        const [row] = rowsOf(alerts, events).values();
        const then = events.filter(({ recordedAt }) => recordedAt <= knownAt);
        const wasRaised = first[1] <= knownAt;
        const [folded = null] = rowsOf(alerts, wasRaised ? then : []).values();
        expect(row && alertAt(row, { asOf: Infinity, knownAt })).toEqual(
          folded && { ...folded, revision: then.length - 1 },
        );
      }),
    );
  });

  it('was not there before it was raised, nor over before it was resolved', () => {
    const [row] = rowsOf(alerts, [
      told(3, 3, 0, raised),
      told(5, 5, 1, { type: 'AlertResolved', data: { alertId: 'dwell-a-1', because: 'closed' } }),
    ]).values();
    const statusAt = (asOf: number) => row && alertAt(row, { asOf, knownAt: Infinity })?.status;
    expect([2, 3, 4, 5].map(statusAt)).toEqual([undefined, 'open', 'open', 'resolved']);
  });
});
