import { comparePlaces, firstPlaces, type DealPlace } from '../deals/past-deals.ts';
import { courseUntil } from '../journeys/course.ts';
import { isAskedFor } from '../journeys/deal-filter.ts';
import type { Journey } from '../journeys/journey.ts';
import { teamsOf } from '../people/teams-at.ts';
import { firstEntries, type FirstEntry } from './cohort.ts';
import { frameOf } from './funnel-frame.ts';
import type { FunnelReportRequest } from './funnel-report.types.ts';

export interface CohortRequest extends FunnelReportRequest {
  readonly stage: string;
  /** Whatever became of them when absent. */
  readonly outcome?: FirstEntry['outcome'] | undefined;
  /** Only what comes behind this place. */
  readonly after?: DealPlace | undefined;
  readonly limit: number;
}

const newestFirst = comparePlaces(-1);

/** When a deal of the funnel first entered the stage, where that is counted. */
const countedEntry = (request: CohortRequest) => {
  const { funnel, asOf, stage, outcome } = request;
  const { order, inPeriod, definition } = frameOf(request);
  const asked = isAskedFor(request.filter ?? {}, teamsOf(request.reps ?? []));
  const fits = (entry: FirstEntry): boolean =>
    entry.stage === stage && inPeriod(entry.at) && (outcome === undefined || entry.outcome === outcome);
  return (journey: Journey): FirstEntry | undefined => {
    if (journey.funnelId !== funnel.funnelId) return undefined;
    const course = courseUntil(journey, asOf);
    if (course?.standing.currency !== definition.currency) return undefined;
    return asked(journey, course.standing.ownerId, asOf) ? firstEntries(course, order).find(fits) : undefined;
  };
};

/** One page of the deals behind a figure of a funnel report: those that first entered the stage in the period. */
export const cohortDeals = (request: CohortRequest): readonly DealPlace[] => {
  const { journeys, after, limit } = request;
  const entryOf = countedEntry(request);
  const page = firstPlaces(limit, newestFirst);
  for (const journey of journeys) {
    const entry = entryOf(journey);
    if (!entry) continue;
    const place = { value: entry.at, dealId: journey.dealId };
    if (!after || newestFirst(place, after) > 0) page.put(place);
  }
  return page.places;
};
