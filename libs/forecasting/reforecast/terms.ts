import { wholeWeight, type Weight } from '@funnel/kernel';
import type { FunnelDefinition } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import type { Ages } from './ages.ts';
import type { ReforecastRequest } from './request.ts';

/** The weight of each stage of the history under one definition, given weights before its own; by stage code. */
export const stageWeights = (
  history: KnownHistory,
  definition: FunnelDefinition,
  given: ReforecastRequest['weights'],
): Weight[] => {
  const then = new Map(definition.stages.map(({ key, weight }) => [key, Math.round(weight * wholeWeight)]));
  return history.stages.texts.map((stage) => given[stage] ?? then.get(stage) ?? 0);
};

/** What each term weighs: by period, slot and next step. */
export interface Terms {
  readonly weights: Float64Array;
  /** 1 where nothing weighs anything, whatever its weight: a next step is demanded, and there is none. */
  readonly barred: Uint8Array;
}

interface Grounds {
  readonly ages: Ages;
  /** In force at each period end. */
  readonly definitions: readonly FunnelDefinition[];
}

export const termsOf = (history: KnownHistory, request: ReforecastRequest, { ages, definitions }: Grounds): Terms => {
  const weights = new Float64Array(definitions.length * ages.slotCount * 2);
  const barred = new Uint8Array(weights.length);
  for (const [period, definition] of definitions.entries()) {
    const demandsNextStep = request.nextStepRule ?? definition.nextStepRule;
    const ofStages = stageWeights(history, definition, request.weights);
    for (const [slot, stage] of ages.stages.entries()) {
      // The first slot of a stage is what comes before all ages.
      const aged = request.ageWeights?.[history.stages.texts[stage]!]?.[slot - ages.starts[stage]! - 1];
      const term = (period * ages.slotCount + slot) * 2;
      const weight = aged?.weight ?? ofStages[stage]!;
      weights[term + 1] = weight;
      weights[term] = demandsNextStep ? 0 : weight;
      barred[term] = demandsNextStep ? 1 : 0;
    }
  }
  return { weights, barred };
};
