import { formatInstant, type Weight } from '@funnel/kernel';
import { effectiveWeight, hasOpenNextStep, type FunnelDefinition, type Weighed } from '@funnel/sales';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import { versionAt } from '../funnel/funnels.ts';
import type { DealRow } from './deal-row.ts';

/** What decides the weight of a deal. */
export const weightCauses = ['won', 'lost', 'no-next-step', 'override', 'stage'] as const;
export type WeightCause = (typeof weightCauses)[number];

export interface DealWeight {
  readonly weight: Weight;
  readonly because: WeightCause;
}

const stepOf = ({ nextStep, nextStepStanding }: DealRow): Weighed['nextStep'] =>
  nextStep && nextStepStanding === 'open'
    ? { action: nextStep.action, dueAt: nextStep.dueAt === null ? null : formatInstant(nextStep.dueAt) }
    : null;

const causeOf = (row: DealRow, definition: FunnelDefinition, at: number): WeightCause => {
  if (row.status !== 'open') return row.status;
  if (definition.nextStepRule && !hasOpenNextStep(stepOf(row), definition, at)) return 'no-next-step';
  return row.weightOverride === null ? 'stage' : 'override';
};

/** The effective weight of a deal at a business time, and what decides it. */
export const dealWeight = (row: DealRow, funnel: FunnelRow, at: number): DealWeight => {
  const weighed = {
    status: row.status,
    stage: row.stage,
    weightOverride: row.weightOverride === null ? null : { weight: row.weightOverride, reason: '' },
    nextStep: stepOf(row),
  };
  return {
    weight: effectiveWeight(weighed, { status: 'defined', versions: funnel.versions }, at),
    because: causeOf(row, versionAt(funnel, at).definition, at),
  };
};
