import type { FunnelDefinition } from '@funnel/sales';
import { ExactSum } from '../exact-sum.ts';
import type { Course, Visit } from '../journeys/course.ts';
import { isOpportunity } from '../journeys/weigh.ts';
import { emptyActivity, tallyActivity } from './activity.ts';
import { firstEntries } from './cohort.ts';
import type { StageOrder } from './stage-order.ts';
import { emptyTally, type StageTally } from './stage-tally.ts';

/** Everything counted in one pass over the deals. */
export const emptyTallies = () => ({
  stages: new Map<string, StageTally>(),
  added: { count: 0, amount: new ExactSum(), won: 0 },
  won: { count: 0, amount: new ExactSum(), cycles: [] as number[] },
  lost: { count: 0, amount: new ExactSum() },
  qualified: 0,
  activity: emptyActivity(),
  otherCurrency: 0,
});
export type Tallies = ReturnType<typeof emptyTallies>;

/** What every deal is counted against. */
export interface Frame {
  readonly definition: FunnelDefinition;
  readonly order: StageOrder;
  readonly asOf: number;
  readonly inPeriod: (at: number) => boolean;
  readonly weigh: (course: Course) => number;
}

const stageOf = ({ stages }: Tallies, key: string): StageTally => {
  let tally = stages.get(key);
  if (!tally) stages.set(key, (tally = emptyTally()));
  return tally;
};

const tallyStanding = (tallies: Tallies, { journey, standing }: Course, frame: Frame): void => {
  if (frame.inPeriod(journey.addedAt)) {
    tallies.added.count += 1;
    tallies.added.amount.add(standing.minor);
  }
  if (standing.status === 'open' || standing.closedAt === null || !frame.inPeriod(standing.closedAt)) return;
  tallies[standing.status].count += 1;
  tallies[standing.status].amount.add(standing.minor);
  if (standing.status === 'won') tallies.won.cycles.push(standing.closedAt - journey.addedAt);
};

const tallyOpen = (tallies: Tallies, course: Course, frame: Frame): void => {
  const { standing } = course;
  if (standing.status !== 'open') return;
  const tally = stageOf(tallies, standing.stage);
  const weight = frame.weigh(course);
  tally.openCount += 1;
  tally.openAmount.add(standing.minor);
  tally.weighted.addProduct(standing.minor, weight);
  if (weight > 0) tallies.qualified += 1;
  if (isOpportunity(standing, frame.definition, frame.asOf)) tally.opportunityCount += 1;
};

const tallyCohorts = (tallies: Tallies, course: Course, frame: Frame): void => {
  for (const entry of firstEntries(course, frame.order)) {
    if (!frame.inPeriod(entry.at)) continue;
    const tally = stageOf(tallies, entry.stage);
    tally.cohort.entered += 1;
    tally.cohort[entry.outcome] += 1;
    if (entry.won) tally.cohort.reachedWon += 1;
    if (entry.advancedAt !== null) tally.toAdvance.push(entry.advancedAt - entry.at);
    if (entry.nextAt !== null) tally.toNext.push(entry.nextAt - entry.at);
  }
  if (frame.inPeriod(course.journey.addedAt) && course.wins.length > 0) tallies.added.won += 1;
};

const tallyMoves = (tallies: Tallies, { visits }: Course, { inPeriod }: Frame): void => {
  for (const visit of visits) {
    const { moves } = stageOf(tallies, visit.stage);
    if (inPeriod(visit.from)) moves[visit.enteredBy === 'reopened' ? 'reopened' : 'entered'] += 1;
    if (visit.until === null || visit.leftBy === null || !inPeriod(visit.until)) continue;
    if (visit.leftBy !== 'reopened') moves[visit.leftBy] += 1;
  }
};

const lasted = ({ from, until }: Visit): number => (until ?? from) - from;

// Visits of one deal are few: looking through them again costs less than sorting them by stage.
const isLatestOfStage = (visits: readonly Visit[], index: number): boolean => {
  const stage = visits[index]?.stage;
  for (let later = index + 1; later < visits.length; later += 1) if (visits[later]?.stage === stage) return false;
  return true;
};
const timeIn = (stage: string, visits: readonly Visit[]): number => {
  let time = 0;
  for (const visit of visits) if (visit.stage === stage) time += lasted(visit);
  return time;
};

const tallyDwell = (tallies: Tallies, { visits }: Course, { inPeriod }: Frame): void => {
  const finished = visits.filter(({ until }) => until !== null && inPeriod(until));
  finished.forEach((visit, index) => {
    const { dwell } = stageOf(tallies, visit.stage);
    dwell.visits.push(lasted(visit));
    if (!isLatestOfStage(finished, index)) return;
    dwell.latestOfDeal.push(lasted(visit));
    dwell.allOfDeal.push(timeIn(visit.stage, finished));
  });
};

/** Counts one deal. */
export const tallyDeal = (tallies: Tallies, course: Course, frame: Frame): void => {
  if (course.standing.currency !== frame.definition.currency) {
    tallies.otherCurrency += 1;
    return;
  }
  tallyStanding(tallies, course, frame);
  tallyOpen(tallies, course, frame);
  tallyCohorts(tallies, course, frame);
  tallyMoves(tallies, course, frame);
  tallyDwell(tallies, course, frame);
  tallyActivity(tallies.activity, course.journey, frame.inPeriod);
};
