import { useNavigate, useSearch } from '@tanstack/react-router';
import { useShownDay } from '../../frame/as-of.ts';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import type { forecastRoute } from './route.ts';
import { readWeights, type Weights } from './weights.ts';
import { scopeOf, sinceFirst } from './scope.ts';

type ForecastSearch = (typeof forecastRoute)['types']['searchSchema'];

/** What is asked in this room: it lives in the address. */
export const useQuestion = () => {
  const { span = '24', horizon = '90', by = 'total', rule = 'then', ...search } = useSearch({ from: '/forecast' });
  const navigate = useNavigate({ from: '/forecast' });
  const change = (changed: Partial<ForecastSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...changed }), replace: true });
  return { ...search, span, horizon, by, rule, change };
};

/** The stretch of the past that is asked about, and what the API takes of it: it ends where the shown day can judge it. */
export const usePast = () => {
  const { span, horizon } = useQuestion();
  const { day } = useShownDay();
  const { timeZone, firstAt } = useCompany();
  const horizonDays = horizon === 'ever' ? null : Number(horizon);
  const wanted = scopeOf(day ?? dayOf(Date.now(), timeZone), Number(span), horizonDays);
  const scope = firstAt === null ? wanted : sinceFirst(wanted, dayOf(Date.parse(firstAt), timeZone));
  return { scope, asked: { ...scope, every: 'month', horizonDays } as const };
};

const nextStepRule = { then: undefined, on: true, off: false } as const;

/** The weights and rules that are tried; those of thumbs that were moved go before those of the address. */
export const useCandidate = (moved?: Weights) => {
  const { weights, overrides = 'kept', rule } = useQuestion();
  return { weights: moved ?? readWeights(weights), overrides, nextStepRule: nextStepRule[rule] } as const;
};

/** The stages of the funnel on the screen, in their order. */
export const useStages = () => useChosenFunnel().funnel?.stages ?? [];
