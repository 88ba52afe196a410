import { roundWeighted, wholeWeight } from '@funnel/kernel';
import { ExactSum } from '../exact-sum.ts';
import { ratio } from '../statistics.ts';
import type { QuotaFigures } from './quota-report.types.ts';

/** What is counted for a subject or one of its reps while the deals pass by. */
export const emptyQuotaTally = () => ({
  won: new ExactSum(),
  wonCount: 0,
  openCount: 0,
  /** In 1/10,000 of a minor unit, like `expected`. */
  weightedOpen: new ExactSum(),
  expected: new ExactSum(),
  /** All deals closed until then, whenever that was. */
  history: { closedCount: 0, won: new ExactSum() },
});
export type QuotaTally = ReturnType<typeof emptyQuotaTally>;

const atLeastNone = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/** gap ÷ (won ÷ closed), rounded up: mean won amount × won share, the number of wins cut. */
const needed = (gap: bigint, { closedCount, won }: QuotaTally['history']): number | null =>
  won.total <= 0n ? null : Number((gap * BigInt(closedCount) + won.total - 1n) / won.total);

export const quotaFigures = (quota: bigint | null, tally: QuotaTally): QuotaFigures => {
  const [won, weightedOpen] = [tally.won.total, tally.weightedOpen.total];
  const gap = quota === null ? null : atLeastNone(quota - won);
  return {
    quota,
    won,
    wonCount: tally.wonCount,
    attainment: quota === null ? null : ratio(won, quota),
    overAttainment: quota === null ? null : atLeastNone(won - quota),
    gap,
    openCount: tally.openCount,
    weightedOpen: roundWeighted(weightedOpen),
    expectedInPeriod: roundWeighted(tally.expected.total),
    coverage: gap === null ? null : ratio(weightedOpen, gap * BigInt(wholeWeight)),
    neededProspects: gap === null ? null : needed(gap, tally.history),
  };
};
