import type { Course, Visit } from '../journeys/course.ts';
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

/** The first visit to a stage, −1 where there is none. */
const firstOf = (stage: string, { visits }: Course): number => {
  for (let index = 0; index < visits.length; index += 1) if (visits[index]?.stage === stage) return index;
  return -1;
};

const firstLater = ({ visits }: Course, index: number, order: StageOrder): number | null => {
  const rank = order.rank(visits[index]?.stage ?? '');
  for (let later = index + 1; later < visits.length; later += 1) {
    const visit = visits[later] as Visit;
    if (order.rank(visit.stage) > rank) return visit.from;
  }
  return null;
};

const firstWin = ({ wins }: Course, index: number): number | null => {
  for (const win of wins) if (win.visits > index) return win.at;
  return null;
};

const nextEntry = (course: Course, index: number, stage: string): number | null => {
  const first = firstOf(stage, course);
  return first > index ? (course.visits[first]?.from ?? null) : null;
};

const firstEntry = (course: Course, index: number, order: StageOrder): FirstEntry => {
  const visit = course.visits[index] as Visit;
  const wonAt = firstWin(course, index);
  const advancedAt = earliest(firstLater(course, index, order), wonAt);
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
export const firstEntries = (course: Course, order: StageOrder): FirstEntry[] => {
  const entries: FirstEntry[] = [];
  course.visits.forEach(({ stage }, index) => {
    if (firstOf(stage, course) === index) entries.push(firstEntry(course, index, order));
  });
  return entries;
};
