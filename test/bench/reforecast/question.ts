import type { KnownHistory, Reforecast, ReforecastRequest } from '@funnel/forecasting';
import { dayMs } from '@funnel/kernel';
import type { DefinedFunnel } from '@funnel/sales';
import { monthEnds, stages } from './made-up-deals.ts';

/** What everybody is asked: each month end by owner, under these weights, and what came of it. */
export const question: ReforecastRequest = {
  ...{ funnelId: 'f', by: 'owner', ends: monthEnds, horizonDays: 90, nextStepRule: true, overrides: 'kept' },
  weights: Object.fromEntries(stages.map((stage, index) => [stage, 500 + index * 1_250])),
};
export const horizonMs = 90 * dayMs;
export const graceMs = 3 * dayMs;

export const funnelIn = (history: KnownHistory): DefinedFunnel => {
  const funnel = history.funnel('f');
  if (funnel.status === 'absent') throw new Error('the funnel was not taken');
  return funnel;
};

/** One group of a period end, in the digits that everybody has to agree on. */
export interface Figures {
  readonly count: number;
  readonly amount: bigint;
  readonly forecast: bigint;
  readonly realized: bigint;
}
export type Answer = ReadonlyMap<string, Figures>;

export const answerKey = (period: number, owner: string | null): string => `${period} ${owner}`;

export const answerOf = ({ periods }: Reforecast): Answer =>
  new Map(
    periods.flatMap(({ groups }, period) => groups.map(({ key, ...figures }) => [answerKey(period, key), figures])),
  );

/** @throws where two answers differ in any digit */
export const mustAgree = (name: string, one: Answer, other: Answer): void => {
  if (one.size !== other.size) throw new Error(`${name}: ${one.size} groups, and ${other.size}`);
  for (const [key, { count, amount, forecast, realized }] of one) {
    const found = other.get(key);
    const agrees =
      found?.count === count && found.amount === amount && found.forecast === forecast && found.realized === realized;
    if (!agrees) throw new Error(`${name}: the figures of ${key} differ`);
  }
};
