import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { agesOf } from './ages.ts';
import { askingOf } from './counting.ts';
import { bigAt, noDigits, type Digits } from './digits.ts';
import { preparedFor, type Prepared } from './prepared.ts';
import type { Reforecast, ReforecastRequest } from './request.ts';
import { termsOf, type Terms } from './terms.ts';
import { weigh } from './weighing.ts';

/** By group: the exact sums of amount × weight, in 1/10,000 of a minor unit. */
const weighed = ({ outline, cells, corrections }: Prepared, terms: Terms, keepsOverrides: boolean): Digits => {
  const sums = noDigits(outline.ordinalCount);
  weigh(cells, terms.weights, sums);
  if (!keepsOverrides) return sums;
  const { ownWeights } = corrections;
  const [changes, places] = [new Float64Array(ownWeights.length), new Uint32Array(ownWeights.length)];
  for (let place = 0; place < changes.length; place += 1) {
    const term = corrections.terms[place]!;
    places[place] = place;
    changes[place] = terms.barred[term] ? 0 : ownWeights[place]! - terms.weights[term]!;
  }
  // Each weighs in by its own change: its place is its term.
  weigh({ ...corrections, terms: places }, changes, sums);
  return sums;
};

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
  const sums = weighed(prepared, terms, request.overrides === 'kept');
  const periods = request.ends.map((at, period) => ({
    at,
    groups: outline.groups[period]!.map(({ ordinal, key, count, amount, realized }) => {
      return { key, count, amount, forecast: bigAt(sums, ordinal), realized };
    }),
  }));
  return { currency: funnel.versions[0].definition.currency, periods };
};
