import type { Course } from '../journeys/course.ts';
import type { StageOrder } from './stage-order.ts';

/** What became of a deal after it first entered a stage. Instants are milliseconds since 1970. */
export interface FirstEntry {
  readonly stage: string;
  readonly at: number;
  readonly outcome: 'advanced' | 'lost' | 'movedBack' | 'stillThere';
  /** First time afterwards that it entered a later stage or was won. */
  readonly advancedAt: number | null;
  /** First entry of the directly next stage, when that came afterwards; of the last stage: when it was won. */
  readonly nextAt: number | null;
  readonly won: boolean;
}

const earliest = (one: number | null, other: number | null): number | null =>
  one === null || (other !== null && other < one) ? other : one;

const outcomeOf = ({ standing }: Course, stage: string, advanced: boolean): FirstEntry['outcome'] => {
  if (advanced) return 'advanced';
  if (standing.status === 'lost') return 'lost';
  return standing.stage === stage ? 'stillThere' : 'movedBack';
};

const nextEntry = ({ visits }: Course, index: number, stage: string): number | null => {
  const first = visits.findIndex((visit) => visit.stage === stage);
  return first > index ? (visits[first]?.from ?? null) : null;
};

const firstEntry = (course: Course, index: number, order: StageOrder): FirstEntry | undefined => {
  const { visits, wins } = course;
  const visit = visits[index];
  if (!visit || visits.findIndex(({ stage }) => stage === visit.stage) !== index) return undefined;
  const rank = order.rank(visit.stage);
  const later = visits.find((other, place) => place > index && order.rank(other.stage) > rank)?.from ?? null;
  const wonAt = wins.find((win) => win.visits > index)?.at ?? null;
  const advancedAt = earliest(later, wonAt);
  const next = order.next(visit.stage);
  return {
    stage: visit.stage,
    at: visit.from,
    outcome: outcomeOf(course, visit.stage, advancedAt !== null),
    advancedAt,
    nextAt: next === 'won' ? wonAt : next ? nextEntry(course, index, next.stage) : null,
    won: wonAt !== null,
  };
};

/** One entry per stage that the deal ever stood in. */
export const firstEntries = (course: Course, order: StageOrder): FirstEntry[] =>
  course.visits.map((_, index) => firstEntry(course, index, order)).filter((entry) => entry !== undefined);
