import { roundWeighted, wholeWeight } from '@funnel/kernel';
import { ratio } from '../statistics.ts';
import type { QuotaFigures } from './quota-report.types.ts';

/** What is counted for a subject or one of its reps while the deals pass by. */
export const emptyQuotaTally = () => ({
  won: 0n,
  wonCount: 0,
  openCount: 0,
  /** In 1/10,000 of a minor unit, like `expected`. */
  weightedOpen: 0n,
  expected: 0n,
  /** All deals closed until then, whenever that was. */
  history: { closedCount: 0, won: 0n },
});
export type QuotaTally = ReturnType<typeof emptyQuotaTally>;

const atLeastNone = (amount: bigint): bigint => (amount > 0n ? amount : 0n);

/** gap ÷ (won ÷ closed), rounded up: mean won amount × won share, the number of wins cut. */
const needed = (gap: bigint, { closedCount, won }: QuotaTally['history']): number | null =>
  won <= 0n ? null : Number((gap * BigInt(closedCount) + won - 1n) / won);

export const quotaFigures = (quota: bigint | null, tally: QuotaTally): QuotaFigures => {
  const gap = quota === null ? null : atLeastNone(quota - tally.won);
  return {
    quota,
    won: tally.won,
    wonCount: tally.wonCount,
    attainment: quota === null ? null : ratio(tally.won, quota),
    overAttainment: quota === null ? null : atLeastNone(tally.won - quota),
    gap,
    openCount: tally.openCount,
    weightedOpen: roundWeighted(tally.weightedOpen),
    expectedInPeriod: roundWeighted(tally.expected),
    coverage: gap === null ? null : ratio(tally.weightedOpen, gap * BigInt(wholeWeight)),
    neededProspects: gap === null ? null : needed(gap, tally.history),
  };
};
