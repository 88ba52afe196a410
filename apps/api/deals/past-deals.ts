import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { isReadable, momentOf, type Moment, type Recorded } from '@funnel/kernel';
import { dealStream, type DealEvent } from '@funnel/sales';
import {
  dealAt,
  dealTimeline,
  journeys,
  reps,
  type DealOrder,
  type DealPlace,
  type DealRow,
  type ToldOfDeal,
} from '@funnel/sales-views';
import { Inject, Injectable } from '@nestjs/common';
import type { In } from '../http/input.ts';
import { placeOf, readPlace } from '../reads/page-place.ts';
import { wantedOwner } from '../reads/present.ts';
import { collect } from '../reads/known-rows.ts';
import { ReadModels } from '../reads/read-models.ts';
import { Reports } from '../reports/reports.ts';
import { EVENT_STORE } from '../tokens.ts';
import { shownDeal } from './shown-deal.ts';

type Query = In<'listDeals'>['query'];

export const isPlace = (value: unknown): value is DealPlace => {
  const place = (typeof value === 'object' ? value : null) as { dealId?: unknown; value?: unknown } | null;
  return (
    typeof place?.dealId === 'string' && (place.value === null || ['string', 'number'].includes(typeof place.value))
  );
};

/** Deals as they stood at a past moment. */
@Injectable()
export class PastDeals {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** One deal from its events, whatever the views have seen; `null` before it was added, or was on record. */
  async deal(dealId: string, moment: Moment): Promise<DealRow | null> {
    const events: Recorded<DealEvent>[] = [];
    for await (const event of this.store.readStream(dealStream(dealId))) {
      if (!isReadable(event)) throw event.unreadable;
      events.push(event as Recorded<DealEvent>);
    }
    return dealAt(events, moment);
  }

  async page(query: Query, order: DealOrder): Promise<AnswerOf<(typeof routes)['listDeals']>> {
    await this.models.seen(query.after, journeys, dealTimeline, reps);
    const now = Date.now();
    const place = readPlace(query.cursor, isPlace);
    const asked = place?.moment ?? momentOf(query, now);
    const moment = { ...asked, knownAt: Math.min(asked.knownAt, now) };
    const found = await this.places(query, { moment, order, after: place?.behind });
    const last = found.length > query.limit ? found[query.limit - 1] : undefined;
    const rows = await this.rows(found.slice(0, query.limit), moment);
    return { items: rows.map(shownDeal), next: last ? placeOf({ moment, behind: last }) : null };
  }

  private places(
    query: Query,
    { moment, order, after }: { moment: Moment; order: DealOrder; after: DealPlace | undefined },
  ): Promise<readonly DealPlace[]> {
    const { owner, team, funnel, stage, status, customer, region, industry, q } = query;
    const filter = { funnelId: funnel, ownerId: wantedOwner(owner), teamId: team };
    const request = {
      filter: { ...filter, stage, status, customer, region, industry, q },
      ...{ order, after, limit: query.limit + 1 },
    };
    return this.reports.ask({ kind: 'pastDeals', request, moment, isNow: false });
  }

  /** The deals at these places, each told from its timeline. */
  async rows(places: readonly DealPlace[], moment: Moment): Promise<DealRow[]> {
    const dealIds = places.map(({ dealId }) => dealId);
    const pages = await collect(this.models.view(dealTimeline).all({ dealId: { $in: dealIds } }));
    const byDeal = Map.groupBy(pages, ({ dealId }) => dealId);
    return dealIds.flatMap((dealId) => {
      const told = (byDeal.get(dealId) ?? []).flatMap(({ entries }) => entries) as readonly ToldOfDeal[];
      return dealAt(told, moment) ?? [];
    });
  }
}
