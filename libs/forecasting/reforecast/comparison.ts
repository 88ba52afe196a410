import type { DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { accuracyOf, type Accuracy } from './accuracy.ts';
import { reforecast } from './reforecast.ts';
import type { ReforecastGroup, ReforecastRequest } from './request.ts';

/** What one side of a comparison takes for granted. */
export type Terms = Pick<ReforecastRequest, 'weights' | 'ageWeights' | 'nextStepRule' | 'overrides'>;

/** The same question under two sets of weights and rules. */
export interface ComparisonRequest extends Omit<ReforecastRequest, keyof Terms> {
  readonly baseline: Terms;
  readonly candidate: Terms;
}

/** Forecasts are exact, in 1/10,000 of a minor unit. */
export interface ComparedGroup extends Omit<ReforecastGroup, 'forecast'> {
  readonly baseline: bigint;
  readonly candidate: bigint;
}

export interface Comparison {
  readonly currency: string;
  readonly periods: readonly { readonly at: number; readonly groups: readonly ComparedGroup[] }[];
  readonly accuracy: { readonly baseline: Accuracy; readonly candidate: Accuracy };
}

/** Which deals stand where does not depend on the weights: both sides have the same groups, in the same order. */
export const compare = (history: KnownHistory, funnel: DefinedFunnel, request: ComparisonRequest): Comparison => {
  const { baseline: one, candidate: other, ...question } = request;
  const baseline = reforecast(history, funnel, { ...one, ...question });
  const candidate = reforecast(history, funnel, { ...other, ...question });
  const periods = baseline.periods.map(({ at, groups }, period) => ({
    at,
    groups: groups.map(({ forecast, ...group }, place) => {
      return { ...group, baseline: forecast, candidate: candidate.periods[period]!.groups[place]!.forecast };
    }),
  }));
  const accuracy = { baseline: accuracyOf(baseline), candidate: accuracyOf(candidate) };
  return { currency: baseline.currency, periods, accuracy };
};
