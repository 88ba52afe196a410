import type { AnswerOf, routes } from '@funnel/contracts';
import type { Moment } from '@funnel/kernel';
import type { FunnelDefinition } from '@funnel/sales';
import type { FunnelReport, FunnelRow, FunnelVersion, StageReport, Velocity } from '@funnel/sales-views';
import { versionAt } from '@funnel/sales-views';
import { instantOrNull, moneyIn, shownInstant, shownKnownAt } from '../reads/present.ts';

type ShownFunnel = AnswerOf<(typeof routes)['showFunnel']>;
type FunnelSummary = AnswerOf<(typeof routes)['listFunnels']>['items'][number];
export type ShownReport = AnswerOf<(typeof routes)['reportFunnel']>;
type Money = ReturnType<typeof moneyIn>;

const shownDefinition = ({ funnelId: _, stages, ...definition }: FunnelDefinition) => ({
  ...definition,
  stages: stages.map((stage) => ({ ...stage })),
});

const newest = ({ versions }: FunnelRow): number => Math.max(...versions.map(({ revision }) => revision));

/** The version in force at an instant. */
export const shownSummary = (row: FunnelRow, asOf: number): FunnelSummary => {
  const { definition, at } = versionAt(row, asOf);
  return { id: row.funnelId, ...shownDefinition(definition), revision: newest(row), inForceSince: shownInstant(at) };
};

const shownVersion = ({ definition, at, revision, reason, evidence }: FunnelVersion) => ({
  ...shownDefinition(definition),
  inForceSince: shownInstant(at),
  revision,
  reason,
  evidence: evidence ?? null,
});

/** A funnel as it was at an instant: what was to come is not told. */
export const shownFunnel = (row: FunnelRow, asOf: number): ShownFunnel => {
  const past = row.versions.filter(({ at }) => at <= asOf);
  return { ...shownSummary(row, asOf), versions: (past.length > 0 ? past : [row.versions[0]]).map(shownVersion) };
};

const shownStage = ({ weighted: _, ...stage }: StageReport, money: Money) => ({
  ...stage,
  openAmount: money(stage.openAmount),
  weightedAmount: money(stage.weightedAmount),
  timeToAdvance: { ...stage.timeToAdvance },
  timeToNext: { ...stage.timeToNext },
  dwell: { ...stage.dwell },
  dwellPerDeal: { ...stage.dwellPerDeal },
  moves: { ...stage.moves },
});

const shownTotals = ({ weighted: _, ...totals }: FunnelReport['totals'], money: Money) => ({
  ...totals,
  dealAmount: money(totals.dealAmount),
  openAmount: money(totals.openAmount),
  weightedAmount: money(totals.weightedAmount),
  wonAmount: money(totals.wonAmount),
  lostAmount: money(totals.lostAmount),
});

const shownVelocity = (velocity: Velocity, money: Money) => ({
  ...velocity,
  amountPerDay: money.orNull(velocity.amountPerDay),
  meanWonAmount: money.orNull(velocity.meanWonAmount),
});

export const shownReport = (
  { funnelId, ...report }: FunnelReport,
  { knownAt }: Moment,
  position: string,
): ShownReport => {
  const money = moneyIn(report.currency);
  return {
    ...report,
    id: funnelId,
    asOf: shownInstant(report.asOf),
    knownAt: shownKnownAt(knownAt),
    from: instantOrNull(report.from),
    to: instantOrNull(report.to),
    position,
    stages: report.stages.map((stage) => shownStage(stage, money)),
    totals: shownTotals(report.totals, money),
    velocity: shownVelocity(report.velocity, money),
    activity: { ...report.activity, contacts: { ...report.activity.contacts } as Record<string, number> },
  };
};
