import type { AnswerOf, routes } from '@funnel/contracts';
import type { SimulatedGroup, SimulationRequest, Spread } from '@funnel/forecasting';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Findings } from './conversation.ts';

export type ShownSimulation = AnswerOf<(typeof routes)['simulate']>;

const amountsIn = (currency: string) => {
  const money = moneyIn(currency);
  return ({ p10, p50, p90, mean }: Spread<bigint>) => {
    return { p10: money(p10), p50: money(p50), p90: money(p90), mean: money(mean) };
  };
};

const shownGroup = (currency: string) => {
  const amounts = amountsIn(currency);
  return ({ key, count, amount, periods }: SimulatedGroup): ShownSimulation['groups'][number] => ({
    ...{ key, count, amount: moneyIn(currency)(amount) },
    periods: periods.map(({ until, won, wonCount, wonToDate, open, openCount }) => ({
      until: shownInstant(until),
      ...{ won: amounts(won), wonCount: { ...wonCount }, wonToDate: amounts(wonToDate) },
      ...{ open: amounts(open), openCount: { ...openCount } },
    })),
  });
};

const rounded = (share: number): number => Math.round(share * 1_000_000) / 1_000_000;

export const shownSimulation = (
  { currency, learnt, inflow, groups, digest }: Findings['simulation'],
  { asOf, runs, seed }: SimulationRequest,
) => ({
  ...{ asOf: shownInstant(asOf), runs, seed, digest },
  learnt: learnt.map(({ exits, ...stage }) => ({
    ...stage,
    exits: exits.map(({ share, ...exit }) => ({ ...exit, share: rounded(share) })),
  })),
  inflow: inflow && { ...inflow },
  groups: groups.map(shownGroup(currency)),
});
