import { formatInstant, type Weight } from '@funnel/kernel';
import {
  effectiveWeight,
  hasOpenNextStep,
  type DefinedFunnel,
  type FunnelDefinition,
  type Weighed,
} from '@funnel/sales';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import type { Standing } from './standing.ts';

export const definedFunnel = ({ versions }: FunnelRow): DefinedFunnel => ({ status: 'defined', versions });

const stepOf = ({ nextStepOpen, nextStepDueAt }: Standing): Weighed['nextStep'] =>
  nextStepOpen ? { action: '', dueAt: nextStepDueAt === null ? null : formatInstant(nextStepDueAt) } : null;

/** The effective weight of a standing, in 1/10,000. */
export const weigh = (standing: Standing, funnel: DefinedFunnel, at: number): Weight =>
  effectiveWeight(
    {
      status: standing.status,
      stage: standing.stage,
      weightOverride: standing.weightOverride === null ? null : { weight: standing.weightOverride, reason: '' },
      nextStep: stepOf(standing),
    },
    funnel,
    at,
  );

/** Whether an open deal counts as mere opportunity (机会): the funnel asks for a next step and none is open. */
export const isOpportunity = (standing: Standing, definition: FunnelDefinition, at: number): boolean =>
  definition.nextStepRule && !hasOpenNextStep(stepOf(standing), definition, at);
