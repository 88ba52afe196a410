import { isAskedFor, type DealFilter } from '../journeys/deal-filter.ts';
import type { Journey } from '../journeys/journey.ts';
import { standingAt, type Standing } from '../journeys/standing.ts';
import type { RepRow } from '../people/people-rows.ts';
import { teamsOf } from '../people/teams-at.ts';
import type { DealStatus } from './deal-row.ts';
import { searchedWords, wantedWords } from './search.ts';

/** What is absent does not restrict. */
export interface PastDealsFilter extends DealFilter {
  readonly funnelId?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: DealStatus | undefined;
  /** Exact name. */
  readonly customer?: string | undefined;
  readonly q?: string | undefined;
}

export const dealOrders = ['changedAt', 'amount', 'since', 'expectedClose'] as const;
export interface DealOrder {
  readonly by: (typeof dealOrders)[number];
  readonly direction: 1 | -1;
}

/** A deal's place in a list: what it is ordered by, then its id. */
export interface DealPlace {
  readonly value: string | number | null;
  readonly dealId: string;
}

export interface PastDealsRequest {
  readonly journeys: Iterable<Journey>;
  /** Needed for a filter by team only. */
  readonly reps?: Iterable<RepRow>;
  readonly filter: PastDealsFilter;
  readonly order: DealOrder;
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** Only what comes behind this place. */
  readonly after?: DealPlace | undefined;
  readonly limit: number;
}

const valueOf = (standing: Standing, by: DealOrder['by']): DealPlace['value'] =>
  by === 'amount' ? standing.minor : standing[by];

const compareValues = (one: DealPlace['value'], other: DealPlace['value']): number => {
  if (one === other) return 0;
  // As in the store: what has no value is less than everything.
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
};

export const comparePlaces =
  (direction: DealOrder['direction']) =>
  (one: DealPlace, other: DealPlace): number =>
    direction * compareValues(one.value, other.value) || compareValues(one.dealId, other.dealId);

const isUnrestricted = <Value>(wanted: Value | undefined, value: Value): boolean =>
  wanted === undefined || wanted === value;

/** Whether a deal fits by what never changes of it. */
const fitsAlways = ({ funnelId, customer, q }: PastDealsFilter) => {
  const words = q === undefined ? [] : wantedWords(q);
  return (journey: Journey): boolean => {
    if (!isUnrestricted(funnelId, journey.funnelId) || !isUnrestricted(customer, journey.customer.name)) return false;
    const searched = words.length === 0 ? '' : searchedWords(journey);
    return words.every((word) => searched.includes(word));
  };
};

/** The first so many places of all that are put in. */
export const firstPlaces = (limit: number, compare: (one: DealPlace, other: DealPlace) => number) => {
  const places: DealPlace[] = [];
  return {
    places,
    put: (place: DealPlace): void => {
      const last = places[limit - 1];
      if (last && compare(place, last) >= 0) return;
      let [low, high] = [0, places.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compare(places[middle] as DealPlace, place) < 0) low = middle + 1;
        else high = middle;
      }
      places.splice(low, 0, place);
      if (places.length > limit) places.pop();
    },
  };
};

/** One page of the deals that there were at a past instant, by how they stood then: their places, in order. */
export const pastDeals = (request: PastDealsRequest): readonly DealPlace[] => {
  const { filter, order, asOf, after, limit } = request;
  const fits = fitsAlways(filter);
  const asked = isAskedFor(filter, teamsOf(request.reps ?? []));
  const compare = comparePlaces(order.direction);
  const page = firstPlaces(limit, compare);
  for (const journey of request.journeys) {
    if (!fits(journey)) continue;
    const standing = standingAt(journey, asOf);
    if (!standing || !isUnrestricted(filter.status, standing.status)) continue;
    if (!isUnrestricted(filter.stage, standing.stage) || !asked(journey, standing.ownerId, asOf)) continue;
    const place = { value: valueOf(standing, order.by), dealId: journey.dealId };
    if (!after || compare(place, after) > 0) page.put(place);
  }
  return page.places;
};
