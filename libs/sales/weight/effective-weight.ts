import { dayMs, parseInstant, wholeWeight, type Weight } from '@funnel/kernel';
import type { NextStep } from '../deal/deal.events.ts';
import type { KnownDeal } from '../deal/deal.state.ts';
import { funnelAt, type DefinedFunnel } from '../funnel/funnel.ts';
import type { FunnelDefinition } from '../funnel/funnel.events.ts';

/** What of a deal its weight depends on. */
export type Weighed = Pick<KnownDeal, 'status' | 'stage' | 'weightOverride' | 'nextStep'>;

/** When an open next step lapses: its due time and the funnel's grace. `undefined`: never, its due time is unknown. */
export const lapsesAt = (step: NextStep, { nextStepGraceDays }: FunnelDefinition): number | undefined => {
  const due = step.dueAt === null ? undefined : parseInstant(step.dueAt);
  return due === undefined ? undefined : due + Math.round(nextStepGraceDays * dayMs);
};

/** Whether a next step is set, not completed, and not lapsed at `at`. */
export const hasOpenNextStep = (step: NextStep | null, definition: FunnelDefinition, at: number): boolean => {
  if (!step) return false;
  const lapse = lapsesAt(step, definition);
  return lapse === undefined || at < lapse;
};

const toWeight = (decimal: number): Weight => Math.round(decimal * wholeWeight);

/** The weight of an open deal under one definition; a stage that the definition does not know weighs nothing. */
const openWeight = (deal: Weighed, definition: FunnelDefinition, at: number): Weight => {
  if (definition.nextStepRule && !hasOpenNextStep(deal.nextStep, definition, at)) return 0;
  const decimal = deal.weightOverride?.weight ?? definition.stages.find((stage) => stage.key === deal.stage)?.weight;
  return toWeight(decimal ?? 0);
};

/**
 * The weight that counts for a deal at a business time, in 1/10,000. Won is whole, lost is nothing. An open deal has its
 * override, else its stage's weight in the version of the funnel in force then — and nothing at all while the funnel asks
 * for a next step and the deal has none open.
 */
export const effectiveWeight = (deal: Weighed, funnel: DefinedFunnel, at: number): Weight => {
  switch (deal.status) {
    case 'won':
      return wholeWeight;
    case 'lost':
      return 0;
    case 'open':
      return openWeight(deal, funnelAt(funnel, at), at);
  }
};
