import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { agesOf } from './ages.ts';
import { askingOf } from './counting.ts';
import { bigAt } from './digits.ts';
import { preparedFor, type Prepared } from './prepared.ts';
import type { Reforecast, ReforecastRequest } from './request.ts';
import { termsOf, type Terms } from './terms.ts';
import { weigh } from './weighing.ts';

/** By group: what to add for the weights of single deals, in 1/10,000 of a minor unit. */
const correctionsBy = ({ corrections }: Prepared, { weights, barred }: Terms): ReadonlyMap<number, bigint> => {
  const changes = new Map<number, bigint>();
  for (const { group, term, weight, amount } of corrections) {
    if (barred[term]) continue;
    changes.set(group, (changes.get(group) ?? 0n) + amount * BigInt(weight - weights[term]!));
  }
  return changes;
};

const none: ReadonlyMap<number, bigint> = new Map();

/**
 * What the forecast would have been at each period end under the given weights, and what came of those same deals. Deals
 * kept in another currency than the funnel's are left out. Whole numbers throughout: the same history and request give the
 * same digits, in whatever order deals are summed up.
 */
export const reforecast = (history: KnownHistory, funnel: DefinedFunnel, request: ReforecastRequest): Reforecast => {
  const definitions = request.ends.map((end) => funnelAt(funnel, end));
  const ages = agesOf(history, request.ageWeights);
  const asking = askingOf(history, funnel, request);
  const prepared = preparedFor(asking, { history, by: request.by, definitions, ages });
  const terms = termsOf(history, request, { ages, definitions });
  const { outline } = prepared;
  const weighed = weigh(prepared, terms.weights, outline.ordinalCount);
  const changes = request.overrides === 'kept' ? correctionsBy(prepared, terms) : none;
  const periods = request.ends.map((at, period) => ({
    at,
    groups: outline.groups[period]!.map(({ ordinal, key, count, amount, realized }) => {
      const forecast = bigAt(weighed, ordinal);
      const change = changes.get(ordinal);
      return { key, count, amount, forecast: change === undefined ? forecast : forecast + change, realized };
    }),
  }));
  return { currency: funnel.versions[0].definition.currency, periods };
};
