import type { AnswerOf, routes } from '@funnel/contracts';
import type { Accuracy, Comparison, Reforecast } from '@funnel/forecasting';
import { roundWeighted, wholeWeight } from '@funnel/kernel';
import { instantOrNull, moneyIn, shownInstant } from '../reads/present.ts';
import type { Findings, Sealed } from './conversation.ts';
import { decidedUntil } from './horizon.ts';

export type ShownAs<Name extends 'reforecast' | 'compareReforecasts' | 'openReforecast'> = AnswerOf<
  (typeof routes)[Name]
>;
type Money = ReturnType<ReturnType<typeof moneyIn>>;

export const shownReforecast = (
  { currency, periods, accuracy, digest }: Reforecast & Sealed & { readonly accuracy: Accuracy },
  asked: Parameters<typeof decidedUntil>[0],
) => {
  const money = moneyIn(currency);
  const shown = periods.map(({ at, groups }) => ({
    at: shownInstant(at),
    groups: groups.map(({ key, count, amount, forecast, realized }) => ({
      ...{ key, count, amount: money(amount), realized: money(realized) },
      forecast: money(roundWeighted(forecast)),
    })),
  }));
  return { periods: shown, decidedUntil: instantOrNull(decidedUntil(asked)), accuracy, digest };
};

export const shownComparison = (
  { currency, periods, accuracy, digest }: Comparison & Sealed,
  asked: Parameters<typeof decidedUntil>[0],
) => {
  const money = moneyIn(currency);
  const weighed = (forecast: bigint): Money => money(roundWeighted(forecast));
  const shown = periods.map(({ at, groups }) => ({
    at: shownInstant(at),
    groups: groups.map(({ key, count, amount, baseline, candidate, realized }) => ({
      ...{ key, count, amount: money(amount), realized: money(realized) },
      ...{ baseline: weighed(baseline), candidate: weighed(candidate) },
      // Of what is shown, so that it can be checked.
      difference: money(roundWeighted(candidate) - roundWeighted(baseline)),
    })),
  }));
  return { periods: shown, decidedUntil: instantOrNull(decidedUntil(asked)), accuracy, digest };
};

export const shownCell = (
  { currency, key, count, amount, forecast, realized, deals, next }: Findings['cell'],
  at: number,
  titles: ReadonlyMap<string, string>,
): Omit<ShownAs<'openReforecast'>, 'funnelId' | 'asOfPosition' | 'unreadableEvents'> => {
  const money = moneyIn(currency);
  return {
    ...{ at: shownInstant(at), key, count, amount: money(amount) },
    ...{ forecast: money(roundWeighted(forecast)), realized: money(realized) },
    items: deals.map(({ since, weight, eventIds, laterEventIds, ...deal }) => ({
      ...{ ...deal, eventIds: [...eventIds], laterEventIds: [...laterEventIds] },
      title: titles.get(deal.dealId) ?? deal.dealId,
      since: shownInstant(since),
      amount: money(BigInt(deal.amount)),
      weight: weight / wholeWeight,
      forecast: money(roundWeighted(BigInt(deal.amount) * BigInt(weight))),
      realized: deal.realized === null ? null : money(BigInt(deal.realized)),
    })),
    next: next ? Buffer.from(`${next.amount}.${next.deal}`).toString('base64url') : null,
  };
};
