import { formatInstant, type Weight } from '@funnel/kernel';
import { effectiveWeight, hasOpenNextStep, type FunnelDefinition, type Weighed } from '@funnel/sales';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import { versionAt } from '../funnel/funnels.ts';
import type { DealRow, DealStatus } from './deal-row.ts';

/** What decides the weight of a deal. */
export const weightCauses = ['won', 'lost', 'no-next-step', 'override', 'stage'] as const;
export type WeightCause = (typeof weightCauses)[number];

export interface DealWeight {
  readonly weight: Weight;
  readonly because: WeightCause;
}

/** What of a deal its weight depends on, as views keep it. */
export interface Weighable {
  readonly status: DealStatus;
  readonly stage: string;
  readonly weightOverride: number | null;
  /** Set and not completed. */
  readonly nextStepOpen: boolean;
  readonly nextStepDueAt: number | null;
}

export const weighableDeal = ({ nextStep, nextStepStanding, ...row }: DealRow): Weighable => ({
  status: row.status,
  stage: row.stage,
  weightOverride: row.weightOverride,
  nextStepOpen: nextStepStanding === 'open',
  nextStepDueAt: nextStep?.dueAt ?? null,
});

const stepOf = ({ nextStepOpen, nextStepDueAt }: Weighable): Weighed['nextStep'] =>
  nextStepOpen ? { action: '', dueAt: nextStepDueAt === null ? null : formatInstant(nextStepDueAt) } : null;

const causeOf = (deal: Weighable, definition: FunnelDefinition, at: number): WeightCause => {
  if (deal.status !== 'open') return deal.status;
  if (definition.nextStepRule && !hasOpenNextStep(stepOf(deal), definition, at)) return 'no-next-step';
  return deal.weightOverride === null ? 'stage' : 'override';
};

/** The effective weight of a deal at a business time, and what decides it. */
export const dealWeight = (deal: Weighable, funnel: FunnelRow, at: number): DealWeight => {
  const weighed = {
    status: deal.status,
    stage: deal.stage,
    weightOverride: deal.weightOverride === null ? null : { weight: deal.weightOverride, reason: '' },
    nextStep: stepOf(deal),
  };
  return {
    weight: effectiveWeight(weighed, { status: 'defined', versions: funnel.versions }, at),
    because: causeOf(deal, versionAt(funnel, at).definition, at),
  };
};
