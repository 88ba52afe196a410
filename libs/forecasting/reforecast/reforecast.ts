import { wholeWeight, type Weight } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel, type FunnelDefinition } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { counted, type Cell } from './counting.ts';
import type { Grouping, Reforecast, ReforecastGroup, ReforecastRequest } from './request.ts';

/** What the stages weigh at one period end. */
interface Terms {
  /** By stage code. */
  readonly weights: readonly Weight[];
  readonly demandsNextStep: boolean;
}

/** The weight of each stage of the history under one definition, given weights before its own; by stage code. */
export const stageWeights = (
  history: KnownHistory,
  definition: FunnelDefinition,
  given: ReforecastRequest['weights'],
): Weight[] => {
  const then = new Map(definition.stages.map(({ key, weight }) => [key, Math.round(weight * wholeWeight)]));
  return history.stages.texts.map((stage) => given[stage] ?? then.get(stage) ?? 0);
};

/** What a cell is forecast to bring, exact, in 1/10,000 of a minor unit. */
const forecastOf = (
  { stage, hasOpenStep, amount, apart, apartWeighed }: Cell,
  { weights, demandsNextStep }: Terms,
): bigint => (demandsNextStep && !hasOpenStep ? 0n : (amount - apart) * BigInt(weights[stage]!) + apartWeighed);

const inOrder = (by: Grouping, definition: FunnelDefinition) => {
  const places = new Map<string | null, number>(
    by === 'stage' ? definition.stages.map(({ key }, place) => [key, place]) : [],
  );
  const place = (key: string | null) => places.get(key) ?? places.size;
  return ({ key: one }: ReforecastGroup, { key: other }: ReforecastGroup): number => {
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return place(one) - place(other) || (one < other ? -1 : 1);
  };
};

type Sums = { -readonly [Field in keyof ReforecastGroup]: ReforecastGroup[Field] };
const nothing = (key: string | null): Sums => ({ key, count: 0, amount: 0n, forecast: 0n, realized: 0n });

/**
 * What the forecast would have been at each period end under the given weights, and what came of those same deals. Deals
 * kept in another currency than the funnel's are left out. Whole numbers throughout: the same history and request give the
 * same digits, in whatever order deals are summed up.
 */
export const reforecast = (history: KnownHistory, funnel: DefinedFunnel, request: ReforecastRequest): Reforecast => {
  const { weights, nextStepRule, ...question } = request;
  const { cells, groups: names } = counted(history, funnel, question);
  const definitions = request.ends.map((end) => funnelAt(funnel, end));
  const terms = definitions.map((definition): Terms => {
    const demandsNextStep = nextStepRule ?? definition.nextStepRule;
    return { weights: stageWeights(history, definition, weights), demandsNextStep };
  });
  const groups = request.ends.map(() => new Map<number, Sums>(request.by === 'total' ? [[0, nothing('total')]] : []));
  for (const cell of cells) {
    const sums = groups[cell.period]!.get(cell.group) ?? nothing(names[cell.group]!);
    groups[cell.period]!.set(cell.group, sums);
    sums.count += cell.count;
    sums.amount += cell.amount;
    sums.realized += cell.realized;
    sums.forecast += forecastOf(cell, terms[cell.period]!);
  }
  const periods = request.ends.map((at, period) => ({
    at,
    groups: [...groups[period]!.values()].sort(inOrder(request.by, definitions[period]!)),
  }));
  return { currency: funnel.versions[0].definition.currency, periods };
};
