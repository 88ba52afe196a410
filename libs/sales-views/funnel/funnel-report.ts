import { dayMs, divideRounded, roundWeighted } from '@funnel/kernel';
import type { FunnelDefinition } from '@funnel/sales';
import { courseUntil } from '../journeys/course.ts';
import { isAskedFor } from '../journeys/deal-filter.ts';
import { teamsOf } from '../people/teams-at.ts';
import { durationStatistics, ratio, sumOf } from '../statistics.ts';
import { activityOf } from './activity.ts';
import { frameOf } from './funnel-frame.ts';
import type { FunnelReport, FunnelReportRequest, FunnelTotals, StageReport, Velocity } from './funnel-report.types.ts';
import { emptyTallies, tallyDeal, type Tallies } from './funnel-tallies.ts';
import { emptyTally, stageReport } from './stage-tally.ts';

const stagesOf = ({ stages }: Tallies, definition: FunnelDefinition): StageReport[] => {
  const known = new Map(definition.stages.map((stage) => [stage.key, stage]));
  const unknown = [...stages.keys()].filter((key) => !known.has(key)).sort();
  return [...known.keys(), ...unknown].map((key) => stageReport(key, known.get(key), stages.get(key) ?? emptyTally()));
};

const totalsOf = ({ added, won, lost }: Tallies, stages: readonly StageReport[]): FunnelTotals => {
  const weighted = stages.reduce((sum, stage) => sum + stage.weighted, 0n);
  return {
    dealCount: added.count,
    dealAmount: added.amount.total,
    openCount: stages.reduce((sum, stage) => sum + stage.openCount, 0),
    openAmount: stages.reduce((sum, stage) => sum + stage.openAmount, 0n),
    weightedAmount: roundWeighted(weighted),
    weighted,
    opportunityCount: stages.reduce((sum, stage) => sum + stage.opportunityCount, 0),
    wonCount: won.count,
    wonAmount: won.amount.total,
    lostCount: lost.count,
    lostAmount: lost.amount.total,
  };
};

/** Exact until the last step: qualified × (won ÷ closed) × (amount ÷ won) ÷ (cycles ÷ won ÷ day), in one fraction. */
const velocityOf = ({ won, lost, qualified }: Tallies): Velocity => {
  const closed = BigInt(won.count + lost.count);
  const cycles = sumOf(won.cycles);
  const amount = won.amount.total;
  const part = BigInt(qualified) * amount * BigInt(dayMs) * BigInt(won.count);
  return {
    amountPerDay: cycles === 0n ? null : divideRounded(part, closed * cycles),
    qualifiedCount: qualified,
    winRate: ratio(won.count, closed),
    meanWonAmount: won.count === 0 ? null : divideRounded(amount, BigInt(won.count)),
    meanCycleDays: won.count === 0 ? null : Number(cycles) / won.count / dayMs,
  };
};

/**
 * A funnel as of an instant: what stands in its stages, what became of those who entered them in the period, how long
 * they stayed. Journeys of other funnels are passed over. One pass; exact.
 */
export const funnelReport = (request: FunnelReportRequest): FunnelReport => {
  const { funnel, asOf, from = null, to = null } = request;
  const frame = frameOf(request);
  const tallies = emptyTallies();
  const asked = isAskedFor(request.filter ?? {}, teamsOf(request.reps ?? []));
  for (const journey of request.journeys) {
    if (journey.funnelId !== funnel.funnelId) continue;
    const course = courseUntil(journey, asOf);
    if (course && asked(journey, course.standing.ownerId, asOf)) tallyDeal(tallies, course, frame);
  }
  const { added, won, lost } = tallies;
  const stages = stagesOf(tallies, frame.definition);
  return {
    funnelId: funnel.funnelId,
    label: frame.definition.label,
    currency: frame.definition.currency,
    asOf,
    from,
    to,
    stages,
    totals: totalsOf(tallies, stages),
    conversion: { entered: added.count, won: added.won, rate: ratio(added.won, added.count) },
    winRate: {
      byCount: ratio(won.count, won.count + lost.count),
      byAmount: ratio(won.amount.total, won.amount.total + lost.amount.total),
    },
    cycle: durationStatistics(won.cycles),
    velocity: velocityOf(tallies),
    activity: activityOf(tallies.activity),
    otherCurrencyCount: tallies.otherCurrency,
  };
};
