import type { AnswerOf, routes } from '@funnel/contracts';
import type { BacktestRequest } from '@funnel/forecasting';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Findings } from './conversation.ts';
import { amountsIn } from './shown-simulation.ts';

export type ShownBacktest = AnswerOf<(typeof routes)['backtest']>;

export const shownBacktest = (
  { currency, cases, coverage, digest }: Findings['backtest'],
  { runs, seed }: BacktestRequest,
) => {
  const [money, amounts] = [moneyIn(currency), amountsIn(currency)];
  return {
    ...{ runs, seed, digest, coverage: { ...coverage } },
    cases: cases.map(({ asOf, from, until, won, wonCount }) => ({
      ...{ asOf: shownInstant(asOf), from: shownInstant(from), until: shownInstant(until) },
      won: { ...amounts(won), actual: money(won.actual), inside: won.inside },
      wonCount: { ...wonCount },
    })),
  };
};
