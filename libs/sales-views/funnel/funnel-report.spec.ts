import { dayMs } from '@funnel/kernel';
import { journeys } from '../journeys/journeys.ts';
import {
  advanced,
  contacted,
  day,
  lost,
  ofDeal,
  owned,
  planned,
  prospect,
  regressed,
  reopened,
  rowsOf,
  stepped,
  weighed,
  won,
  worth,
  type Saying,
} from '../testing/histories.ts';
import { machines, machinesDefinition } from '../testing/machines.ts';
import { repIn } from '../testing/people.ts';
import { cohortDeals, type CohortRequest } from './cohort-deals.ts';
import { funnelReport } from './funnel-report.ts';
import type { FunnelReportRequest, StageReport } from './funnel-report.types.ts';

type Told = [number, Saying][];
const inSeconds = (days: number): number => (days * dayMs) / 1_000;
const journeysOf = (deals: Readonly<Record<string, Told>>) => [
  ...rowsOf(
    journeys,
    Object.entries(deals).flatMap(([id, told]) => ofDeal(id, told)),
  ).values(),
];

const anna = { ownerId: 'anna', region: 'East', industry: 'steel' };
const bert = { ownerId: 'bert', region: 'West', industry: 'steel' };
const company: Record<string, Told> = {
  sold: [
    [day(0), prospect('lead', { minor: 100_000, ...anna })],
    [day(2), advanced('lead', 'contact')],
    [day(6), advanced('contact', 'need')],
    [day(10), won('need', 120_000)],
  ],
  gone: [
    [day(0), prospect('lead', { minor: 200_000, ...bert })],
    [day(1), advanced('lead', 'contact')],
    [day(3), lost('contact')],
  ],
  back: [
    [day(1), prospect('lead', { minor: 300_000, ...anna })],
    [day(5), advanced('lead', 'contact')],
    [day(7), regressed('contact', 'lead')],
  ],
  still: [[day(3), prospect('lead', { minor: 400_000, ownerId: null, region: 'East' })]],
  late: [[day(8), prospect('contact', { minor: 500_000, ...bert })]],
};

const report = (request: Partial<FunnelReportRequest> = {}, deals = company) =>
  funnelReport({ funnel: machines(), journeys: journeysOf(deals), asOf: day(20), ...request });
const stageOf = (key: string, request: Partial<FunnelReportRequest> = {}, deals = company) =>
  report(request, deals).stages.find((stage) => stage.key === key) as StageReport;

describe('a funnel report', () => {
  it('shows what stands open in each stage, and what it weighs', () => {
    const open = report().stages.map((stage) => [stage.key, stage.openCount, stage.openAmount, stage.weightedAmount]);
    expect(open).toEqual([
      ['lead', 2, 700_000n, 70_000n],
      ['contact', 1, 500_000n, 100_000n],
      ['need', 0, 0n, 0n],
      ['closing', 0, 0n, 0n],
    ]);
  });

  it('adds up to its totals', () => {
    expect(report().totals).toEqual({
      dealCount: 5,
      dealAmount: 1_520_000n,
      openCount: 3,
      openAmount: 1_200_000n,
      weightedAmount: 170_000n,
      weighted: 1_700_000_000n,
      opportunityCount: 0,
      wonCount: 1,
      wonAmount: 120_000n,
      lostCount: 1,
      lostAmount: 200_000n,
    });
  });

  it('carries the words and the target of each stage', () => {
    expect(stageOf('lead')).toMatchObject({ label: 'Lead', part: 'top', weight: 0.1, conversionTarget: 0.4 });
    expect(stageOf('need')).toMatchObject({ part: 'middle', conversionTarget: null });
  });

  it('follows those who entered a stage: each deal once, lost and stalled ones too', () => {
    const lead = { entered: 4, advanced: 3, lost: 0, movedBack: 0, stillThere: 1, conversion: 0.75, reachedWon: 1 };
    const contact = { entered: 4, advanced: 1, lost: 1, movedBack: 1, stillThere: 1, conversion: 0.25, reachedWon: 1 };
    expect(stageOf('lead')).toMatchObject(lead);
    expect(stageOf('contact')).toMatchObject(contact);
    expect(stageOf('need')).toMatchObject({ entered: 1, advanced: 1, reachedWon: 1 });
    expect(stageOf('closing')).toMatchObject({ entered: 0, conversion: null });
  });

  it('counts into the cohort of a period only first entries in it, whenever they advanced', () => {
    const period = { from: day(1), to: day(5) };
    expect(stageOf('lead', period)).toMatchObject({ entered: 2, advanced: 1, stillThere: 1 });
    expect(stageOf('contact', period)).toMatchObject({ entered: 2, advanced: 1, lost: 1 });
    expect(stageOf('lead', { from: day(7) })).toMatchObject({ entered: 0, moves: { entered: 1 } });
  });

  it('measures how long deals took to advance', () => {
    const days = { count: 3, medianSeconds: inSeconds(2), p90Seconds: inSeconds(4) };
    expect(stageOf('lead')).toMatchObject({ timeToAdvance: days, timeToNext: days });
  });

  it('takes a jump for an advance, but not for a way to the next stage', () => {
    const jumped = {
      a: [
        [day(0), prospect('lead')],
        [day(3), advanced('lead', 'need')],
        [day(7), won('need', 1)],
      ] as Told,
    };
    const lead = { timeToAdvance: { count: 1, medianSeconds: inSeconds(3) }, timeToNext: { count: 0 } };
    expect(stageOf('lead', {}, jumped)).toMatchObject(lead);
    expect(stageOf('need', {}, jumped)).toMatchObject({ timeToAdvance: { count: 1 }, timeToNext: { count: 0 } });
  });

  it('does not take an entry from before for the way to the next stage', () => {
    const begunLate: Record<string, Told> = {
      a: [
        [day(0), prospect('contact')],
        [day(1), regressed('contact', 'lead')],
        [day(4), advanced('lead', 'contact')],
      ],
    };
    const lead = { timeToAdvance: { count: 1, medianSeconds: inSeconds(3) }, timeToNext: { count: 0 } };
    expect(stageOf('lead', {}, begunLate)).toMatchObject(lead);
  });

  it('does not take a win from before a reopening for an advance after it', () => {
    const again: Record<string, Told> = {
      a: [
        [day(0), prospect('lead')],
        [day(2), won('lead', 1)],
        [day(4), reopened('contact')],
        [day(6), lost('contact')],
      ],
    };
    expect(stageOf('lead', {}, again)).toMatchObject({ advanced: 1, reachedWon: 1 });
    expect(stageOf('contact', {}, again)).toMatchObject({ advanced: 0, lost: 1, reachedWon: 0 });
  });

  it('ends a visit with the closing, whatever is told of the deal afterwards', () => {
    const closed: Record<string, Told> = {
      a: [
        [day(0), prospect('lead')],
        [day(3), lost('lead')],
        [day(4), advanced('lead', 'contact')],
        [day(5), won('contact', 1)],
      ],
    };
    expect(stageOf('lead', {}, closed)).toMatchObject({
      advanced: 1,
      dwell: { visits: 1, medianSeconds: inSeconds(3) },
    });
    expect(stageOf('contact', {}, closed)).toMatchObject({ entered: 0, moves: { entered: 0 } });
  });

  it('takes winning for what comes after the last stage', () => {
    const closed: Record<string, Told> = {
      a: [
        [day(0), prospect('closing')],
        [day(3), won('closing', 1)],
      ],
      b: [[day(0), prospect('closing')]],
    };
    expect(stageOf('closing', {}, closed)).toMatchObject({ timeToNext: { count: 1, medianSeconds: inSeconds(3) } });
  });

  it('measures finished visits one by one, and per deal the latest and all together', () => {
    const wavering: Record<string, Told> = {
      a: [
        [day(0), prospect('lead')],
        [day(1), advanced('lead', 'contact')],
        [day(2), regressed('contact', 'lead')],
        [day(5), advanced('lead', 'contact')],
      ],
      b: [
        [day(0), prospect('lead')],
        [day(8), lost('lead')],
      ],
    };
    const lead = stageOf('lead', {}, wavering);
    expect(lead.dwell).toMatchObject({ visits: 3, medianSeconds: inSeconds(3), p90Seconds: inSeconds(8) });
    expect(lead.dwell.meanSeconds).toBe(inSeconds(4));
    expect(lead.dwellPerDeal.latestVisit).toMatchObject({ count: 2, medianSeconds: inSeconds(5.5) });
    expect(lead.dwellPerDeal.allVisits).toMatchObject({ count: 2, medianSeconds: inSeconds(6) });
    expect(stageOf('lead', { from: day(5), to: day(8) }, wavering).dwell).toMatchObject({ visits: 1 });
  });

  it('counts the moves of the period apart from the cohorts', () => {
    const moves = (key: string) => stageOf(key).moves;
    expect(moves('lead')).toEqual({
      entered: 5,
      advanced: 3,
      regressed: 0,
      won: 0,
      lost: 0,
      reopened: 0,
      conversion: 0.6,
    });
    expect(moves('contact')).toMatchObject({ entered: 4, advanced: 1, regressed: 1, lost: 1, conversion: 0.25 });
    expect(moves('need')).toMatchObject({ entered: 1, won: 1, conversion: 1 });
    expect(stageOf('lead', { to: day(2) }).moves).toMatchObject({ entered: 3, advanced: 1 });
  });

  it('tells conversion, win rate, cycle and velocity of the whole funnel', () => {
    expect(report().conversion).toEqual({ entered: 5, won: 1, rate: 0.2 });
    expect(report().winRate).toEqual({ byCount: 0.5, byAmount: 0.375 });
    expect(report().cycle).toMatchObject({ count: 1, medianSeconds: inSeconds(10) });
    // 3 open × ½ × 1,200.00 ÷ 10 days
    expect(report().velocity).toEqual({
      amountPerDay: 18_000n,
      qualifiedCount: 3,
      winRate: 0.5,
      meanWonAmount: 120_000n,
      meanCycleDays: 10,
    });
  });

  it('has no velocity before anything was won', () => {
    expect(report({ asOf: day(9) }).velocity).toMatchObject({
      amountPerDay: null,
      meanWonAmount: null,
      meanCycleDays: null,
    });
  });

  it('counts as won and lost what was closed in the period and is closed still', () => {
    expect(report({ from: day(5) }).totals).toMatchObject({ wonCount: 1, lostCount: 0, dealCount: 1, openCount: 3 });
    const again: Told = [...(company.gone ?? []), [day(9), reopened('contact')]];
    expect(report({}, { ...company, gone: again }).totals).toMatchObject({ lostCount: 0, openCount: 4 });
    expect(stageOf('contact', {}, { ...company, gone: again })).toMatchObject({
      lost: 0,
      stillThere: 2,
      moves: { reopened: 1 },
    });
  });

  it('counts what was done in the period', () => {
    const busy: Told = [
      [day(1), prospect('lead', { ownerId: null })],
      [day(2), contacted('call')],
      [day(3), contacted('visit')],
      [day(4), owned(null, 'anna')],
      [day(5), owned('anna', 'bert')],
      [day(6), weighed(0.3)],
    ];
    const { activity } = report({ from: day(2), to: day(6) }, { busy, other: [[day(0), prospect('lead')]] });
    expect(activity).toEqual({
      events: { ContactLogged: 2, OwnerReassigned: 2 },
      contacts: { call: 1, visit: 1 },
      assigned: 1,
      changed: 1,
    });
  });
});

describe('a funnel report as of an instant', () => {
  it('knows nothing of what came later', () => {
    expect(report({ asOf: day(2) }).totals).toMatchObject({ dealCount: 3, openCount: 3, wonCount: 0, lostCount: 0 });
    expect(stageOf('contact', { asOf: day(5) })).toMatchObject({ entered: 3, lost: 1, stillThere: 2, openCount: 2 });
  });

  it('takes the amounts and weights of then', () => {
    const definition = machinesDefinition();
    const stages = definition.stages.map((stage) => ({ ...stage, weight: 0.9 }));
    const revised = { at: day(10), recordedAt: 0, revision: 1, reason: null, definition: { ...definition, stages } };
    const funnel = { ...machines(), versions: [...machines().versions, revised] as const };
    const deals: Record<string, Told> = { ...company, still: [...(company.still ?? []), [day(12), worth(100_000)]] };
    expect(stageOf('lead', { funnel, asOf: day(9) }, deals)).toMatchObject({
      openAmount: 700_000n,
      weightedAmount: 70_000n,
    });
    expect(stageOf('lead', { funnel, asOf: day(12) }, deals)).toMatchObject({
      openAmount: 400_000n,
      weightedAmount: 360_000n,
    });
  });

  it('lets an overridden weight count', () => {
    const deals: Record<string, Told> = { ...company, still: [...(company.still ?? []), [day(12), weighed(0.35)]] };
    expect(stageOf('lead', {}, deals)).toMatchObject({ weightedAmount: 170_000n });
  });

  it('counts a deal without an open next step as opportunity that weighs nothing, where the rule is on', () => {
    const deals: Record<string, Told> = {
      planned: [
        [day(0), prospect('lead')],
        [day(1), planned('2026-01-15T00:00:00Z')],
      ],
      undated: [
        [day(0), prospect('lead')],
        [day(1), planned(null)],
      ],
      done: [
        [day(0), prospect('lead')],
        [day(1), planned(null)],
        [day(2), stepped],
      ],
      never: [[day(0), prospect('lead')]],
    };
    const ruled = { funnel: machines({ nextStepRule: true, nextStepGraceDays: 3 }) };
    expect(stageOf('lead', { ...ruled, asOf: day(12) }, deals)).toMatchObject({
      opportunityCount: 2,
      weightedAmount: 20_000n,
    });
    // Due on day 10, lapsed on day 13.
    expect(stageOf('lead', { ...ruled, asOf: day(13) }, deals)).toMatchObject({
      opportunityCount: 3,
      weightedAmount: 10_000n,
    });
    expect(report({ ...ruled, asOf: day(13) }, deals).velocity.qualifiedCount).toBe(1);
    expect(stageOf('lead', { asOf: day(13) }, deals)).toMatchObject({ opportunityCount: 0, weightedAmount: 40_000n });
  });
});

describe('a funnel report of some deals', () => {
  const count = (request: Partial<FunnelReportRequest>, deals = company) => report(request, deals).totals.dealCount;

  it('is restricted by owner, nobody included', () => {
    expect(count({ filter: { ownerId: 'anna' } })).toBe(2);
    expect(count({ filter: { ownerId: null } })).toBe(1);
  });

  it('is restricted by region and industry', () => {
    expect(count({ filter: { region: 'East' } })).toBe(3);
    expect(count({ filter: { region: 'East', industry: 'steel' } })).toBe(2);
  });

  it('takes owner and team as they were', () => {
    const deals: Record<string, Told> = {
      ...company,
      still: [...(company.still ?? []), [day(12), owned(null, 'bert')]],
    };
    const reps = [repIn('anna', [day(0), 'north']), repIn('bert', [day(0), 'south'], [day(15), 'north'])];
    const filter = { teamId: 'north' };
    expect(count({ reps, filter, asOf: day(11) }, deals)).toBe(2);
    expect(count({ reps, filter, asOf: day(14) }, deals)).toBe(2);
    expect(count({ reps, filter, asOf: day(15) }, deals)).toBe(5);
  });

  it('leaves other funnels out, and other currencies aside', () => {
    const deals: Record<string, Told> = {
      ...company,
      elsewhere: [[day(0), prospect('lead', { funnelId: 'services' })]],
      foreign: [[day(0), prospect('lead', { currency: 'EUR' })]],
    };
    expect(report({}, deals)).toMatchObject({ totals: { dealCount: 5 }, otherCurrencyCount: 1 });
  });

  it('lists stages that the funnel does not know at the end', () => {
    const deals: Record<string, Told> = {
      ...company,
      odd: [
        [day(0), prospect('lead')],
        [day(1), advanced('lead', 'limbo')],
      ],
      other: [[day(0), prospect('abroad')]],
    };
    const keys = report({}, deals).stages.map(({ key }) => key);
    expect(keys).toEqual(['lead', 'contact', 'need', 'closing', 'abroad', 'limbo']);
    const limbo = { label: 'limbo', part: null, weight: null, openCount: 1, openAmount: 100_000n, weighted: 0n };
    expect(stageOf('limbo', {}, deals)).toMatchObject({ ...limbo, stillThere: 1 });
    expect(stageOf('lead', {}, deals)).toMatchObject({ entered: 5, advanced: 3, movedBack: 1 });
  });
});

describe('the deals behind a figure of a cohort', () => {
  const behind = (said: Partial<CohortRequest> & { stage: string }) =>
    cohortDeals({ funnel: machines(), journeys: journeysOf(company), asOf: day(20), limit: 50, ...said });
  const ids = (said: Partial<CohortRequest> & { stage: string }) => behind(said).map(({ dealId }) => dealId);

  it('are those that entered the stage, the newest entry first', () =>
    expect(ids({ stage: 'contact' })).toEqual(['late', 'back', 'sold', 'gone']));

  it('are as many as the report counts, for every outcome, period and filter', () => {
    const asks = [
      {},
      { from: day(1), to: day(5) },
      { from: day(7) },
      { filter: { ownerId: 'bert' } },
      { asOf: day(5) },
    ];
    for (const ask of asks) {
      for (const { key: stage, entered, advanced, lost, movedBack, stillThere } of report(ask).stages) {
        expect(ids({ stage, ...ask })).toHaveLength(entered);
        for (const [outcome, count] of Object.entries({ advanced, lost, movedBack, stillThere })) {
          const asked = { stage, outcome: outcome as NonNullable<CohortRequest['outcome']>, ...ask };
          expect([outcome, ids(asked).length]).toEqual([outcome, count]);
        }
      }
    }
    expect(ids({ stage: 'contact', outcome: 'lost' })).toEqual(['gone']);
  });

  it('come page by page', () => {
    const first = behind({ stage: 'contact', limit: 2 });
    expect(behind({ stage: 'contact', after: first[1] }).map(({ dealId }) => dealId)).toEqual(['sold', 'gone']);
  });
});
