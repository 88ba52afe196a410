import type { AnswerOf, routes } from '@funnel/contracts';
import { mostAdded, type SimulatedGroup, type SimulationRequest, type Spread } from '@funnel/forecasting';
import type { In } from '../http/input.ts';
import { malformed } from '../problems/problem-error.ts';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { AskedTarget } from './asked-target.ts';
import type { Findings } from './conversation.ts';

export type ShownSimulation = AnswerOf<(typeof routes)['simulate']>;

/** Shows quantiles and mean of minor units of a currency. */
export const amountsIn = (currency: string) => {
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

/** @throws {ProblemError} `malformed` where the funnel counts in another currency than the quota */
export const shownTarget = (
  { currency, target: found }: Findings['simulation'],
  { target: asked }: In<'simulate'>['body'],
  aim: AskedTarget | undefined,
): ShownSimulation['target'] => {
  if (!found || !aim || !asked) return null;
  const { report, toWin, target } = aim;
  if (report.currency !== currency)
    throw malformed([{ path: '$.target', expected: `a target in ${currency}`, got: report.currency }]);
  const money = moneyIn(currency);
  return {
    ...{ subject: asked.subject, period: asked.period, until: shownInstant(target.until), chance: target.chance },
    ...{ toWin: money(toWin), won: money(report.won), missing: money(BigInt(target.amount)) },
    ...{ reached: rounded(found.reached), needed: found.needed, most: mostAdded, like: found.like },
  };
};
