import { roundWeighted } from '@funnel/kernel';
import type { Stage } from '@funnel/sales';
import { ExactSum } from '../exact-sum.ts';
import { durationStatistics, ratio } from '../statistics.ts';
import type { StageReport } from './funnel-report.types.ts';

/** What is counted of one stage while the deals pass by. Durations in milliseconds. */
export const emptyTally = () => ({
  openCount: 0,
  openAmount: new ExactSum(),
  /** In 1/10,000 of a minor unit. */
  weighted: new ExactSum(),
  opportunityCount: 0,
  cohort: { entered: 0, advanced: 0, lost: 0, movedBack: 0, stillThere: 0, reachedWon: 0 },
  toAdvance: [] as number[],
  toNext: [] as number[],
  dwell: { visits: [] as number[], latestOfDeal: [] as number[], allOfDeal: [] as number[] },
  moves: { entered: 0, advanced: 0, regressed: 0, won: 0, lost: 0, reopened: 0 },
});
export type StageTally = ReturnType<typeof emptyTally>;

export const stageReport = (key: string, stage: Stage | undefined, tally: StageTally): StageReport => {
  const { count: visits, ...dwell } = durationStatistics(tally.dwell.visits);
  const { cohort, moves } = tally;
  const weighted = tally.weighted.total;
  return {
    key,
    label: stage?.label ?? key,
    part: stage?.part ?? null,
    weight: stage?.weight ?? null,
    openCount: tally.openCount,
    openAmount: tally.openAmount.total,
    weightedAmount: roundWeighted(weighted),
    weighted,
    opportunityCount: tally.opportunityCount,
    ...cohort,
    conversion: ratio(cohort.advanced, cohort.entered),
    conversionTarget: stage?.conversionTarget ?? null,
    timeToAdvance: durationStatistics(tally.toAdvance),
    timeToNext: durationStatistics(tally.toNext),
    dwell: { visits, ...dwell },
    dwellPerDeal: {
      latestVisit: durationStatistics(tally.dwell.latestOfDeal),
      allVisits: durationStatistics(tally.dwell.allOfDeal),
    },
    moves: { ...moves, conversion: ratio(moves.advanced + moves.won, moves.entered + moves.reopened) },
  };
};
