import type { Fact, Journey } from './journey.ts';
import { blank, fold, type Standing } from './standing.ts';

type Ending = 'advanced' | 'regressed' | 'reopened' | 'won' | 'lost';

/** One stay in a stage. Instants are milliseconds since 1970. */
export interface Visit {
  readonly stage: string;
  readonly enteredBy: 'added' | 'advanced' | 'regressed' | 'reopened';
  readonly from: number;
  /** `null` while it lasts. */
  readonly until: number | null;
  readonly leftBy: Ending | null;
}

/** A deal's way through its funnel until an instant, and how it stands then. */
export interface Course {
  readonly journey: Journey;
  readonly standing: Standing;
  /** In order; there is at least one. */
  readonly visits: readonly Visit[];
  /** Each time it was won, and how many visits there had been by then. */
  readonly wins: readonly { readonly at: number; readonly visits: number }[];
}

type OpenCourse = {
  visits: { -readonly [Field in keyof Visit]: Visit[Field] }[];
  wins: { at: number; visits: number }[];
};

const leave = ({ visits }: OpenCourse, at: number, leftBy: Ending): void => {
  const visit = visits.at(-1);
  if (!visit || visit.until !== null) return;
  visit.until = at;
  visit.leftBy = leftBy;
};

const enter = ({ visits }: OpenCourse, fact: Fact & { readonly k: Visit['enteredBy'] }): void => {
  visits.push({ stage: fact.s, enteredBy: fact.k, from: fact.t, until: null, leftBy: null });
};

const trace = (course: OpenCourse, fact: Fact, before: Standing['status']): void => {
  switch (fact.k) {
    case 'added':
      return enter(course, fact);
    case 'advanced':
    case 'regressed':
      // What is told of a closed deal's stage is no stay in the funnel.
      if (before !== 'open') return;
      leave(course, fact.t, fact.k);
      return enter(course, fact);
    case 'reopened':
      leave(course, fact.t, fact.k);
      return enter(course, fact);
    case 'won':
      leave(course, fact.t, fact.k);
      course.wins.push({ at: fact.t, visits: course.visits.length });
      return;
    case 'lost':
      return leave(course, fact.t, fact.k);
    default:
      return;
  }
};

/** The course until an instant (that instant included); `null` before the deal was added. */
export const courseUntil = (journey: Journey, at: number): Course | null => {
  if (journey.addedAt > at) return null;
  const standing = blank(journey);
  const course: OpenCourse = { visits: [], wins: [] };
  for (const fact of journey.facts) {
    if (fact.t > at) break;
    trace(course, fact, standing.status);
    fold(standing, fact, journey);
  }
  return { journey, standing, ...course };
};
