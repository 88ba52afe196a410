import type { AnswerOf, routes } from '@funnel/contracts';
import { publicData } from '@funnel/contracts';
import { wholeWeight } from '@funnel/kernel';
import {
  dealWeight,
  weighableDeal,
  type DealRow,
  type FunnelRow,
  type NextStep,
  type TimelineEntry,
} from '@funnel/sales-views';
import { instantOrNull, shownInstant, shownMoney } from '../reads/present.ts';

export type WeighedDeal = AnswerOf<(typeof routes)['showDeal']>;
export type ShownDeal = Omit<WeighedDeal, 'effectiveWeight'>;
type HistoryLine = AnswerOf<(typeof routes)['dealHistory']>['items'][number];

const shownStep = ({ action, place, people, purpose, content, ...step }: NextStep): ShownDeal['nextStep'] => ({
  ...{ action, place, people: people && [...people], purpose, content },
  dueAt: instantOrNull(step.dueAt),
  setAt: shownInstant(step.setAt),
  completedAt: instantOrNull(step.completedAt),
  outcome: step.outcome,
});

export const shownDeal = (row: DealRow): ShownDeal => ({
  id: row.dealId,
  title: row.title,
  customer: row.customer,
  funnelId: row.funnelId,
  stage: row.stage,
  stageEntry: row.stageEntry,
  since: shownInstant(row.since),
  status: row.status,
  amount: shownMoney(row.amount),
  conversion: row.conversion && { original: shownMoney(row.conversion.original), rate: row.conversion.rate },
  ownerId: row.ownerId,
  expectedClose: row.expectedClose,
  pushes: { ...row.pushes },
  nextStep: row.nextStep && shownStep(row.nextStep),
  nextStepStanding: row.nextStepStanding,
  weightOverride: row.weightOverride,
  criteria: [...row.criteria],
  addedAt: shownInstant(row.addedAt),
  closedAt: instantOrNull(row.closedAt),
  lastContactAt: instantOrNull(row.lastContactAt),
  contacts: row.contacts,
  lostReason: row.lostReason,
  competitor: row.competitor,
  source: row.source,
  revision: row.revision,
  changedAt: shownInstant(row.changedAt),
});

export const weighedDeal = (row: DealRow, funnel: FunnelRow, at: number): WeighedDeal => {
  const { weight, because } = dealWeight(weighableDeal(row), funnel, at);
  return { ...shownDeal(row), effectiveWeight: { value: weight / wholeWeight, because } };
};

export const shownHistory = ({ eventId: id, commandId = id, ...row }: TimelineEntry): HistoryLine => ({
  id,
  type: row.type,
  revision: row.revision,
  occurredAt: shownInstant(row.at),
  recordedAt: shownInstant(row.recordedAt),
  actor: { ...row.actor },
  data: publicData(row.data) as Record<string, unknown>,
  commandId,
  correlationId: row.correlationId ?? commandId,
  causationId: row.causationId ?? commandId,
});
