import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import { isOfThePast, momentOf, type Moment } from '@funnel/kernel';
import { dealTimeline, deals, funnelKnownAt, funnels, reps, type DealRow } from '@funnel/sales-views';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { membersOf } from '../reads/members.ts';
import { paged } from '../reads/paged.ts';
import { ReadModels } from '../reads/read-models.ts';
import { EVENT_STORE } from '../tokens.ts';
import { historyPage } from './deal-history.ts';
import { withHashes } from './history-hashes.ts';
import { PastDeals } from './past-deals.ts';
import { orderOf, presentDeals, sortOf } from './present-deals.ts';
import { shownDeal, weighedDeal, type WeighedDeal } from './shown-deal.ts';

type Answer<Name extends 'listDeals' | 'dealHistory'> = AnswerOf<(typeof routes)[Name]>;

const wasNoDeal = (id: string) => `There was no deal "${id}" then.`;
const absent = (detail: string) => new ProblemError('deal-absent', detail);

/** A deal is never without its funnel; only its view may come after that of the deals. */
const behind = (funnelId: string) =>
  new ProblemError('view-behind', `The view of funnels does not show "${funnelId}" yet; try again shortly.`, {
    headers: { 'retry-after': '1' },
  });

/** One page of deals, one deal, and its history. */
@Controller()
export class DealReadsController {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(PastDeals) private readonly past: PastDeals,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Serves('listDeals')
  async list(@Input() { query }: In<'listDeals'>): Promise<Answer<'listDeals'>> {
    const order = orderOf(query);
    if (isOfThePast(query)) return this.past.page(query, order);
    await this.models.seen(query.after, deals, ...(query.team === undefined ? [] : [reps]));
    const { team, cursor, limit } = query;
    const members = team === undefined ? [] : await membersOf(this.models, team, momentOf({}, Date.now()));
    const sort = sortOf(order);
    return paged(this.models.view(deals), {
      filter: presentDeals(query, members),
      sort,
      show: shownDeal,
      cursor,
      limit,
    });
  }

  @Serves('showDeal')
  async show(
    @Input() { params, query }: In<'showDeal'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WeighedDeal> {
    if (isOfThePast(query)) return this.showAt(params.id, momentOf(query, Date.now()));
    await this.models.seen(query.after, deals, funnels);
    const row = await this.models.view(deals).get(params.id);
    if (!row) throw absent(`There is no deal "${params.id}".`);
    reply.header('etag', `"${row.revision}"`);
    return this.weighed(row, momentOf({}, Date.now()));
  }

  @Serves('dealHistory')
  async history(@Input() { params, query }: In<'dealHistory'>): Promise<Answer<'dealHistory'>> {
    await this.models.seen(query.after, dealTimeline);
    // Without a moment everything is told, even what is dated a little ahead of this clock.
    const moment = isOfThePast(query) ? momentOf(query, Date.now()) : { asOf: Infinity, knownAt: Infinity };
    const page = await historyPage(this.models.view(dealTimeline), params.id, { ...query, moment });
    if (page.items.length === 0 && query.cursor === undefined)
      throw absent(isOfThePast(query) ? wasNoDeal(params.id) : `There is no deal "${params.id}".`);
    return query.hashes ? { ...page, items: await withHashes(this.store, params.id, page.items) } : page;
  }

  private async showAt(id: string, moment: Moment): Promise<WeighedDeal> {
    const row = await this.past.deal(id, moment);
    if (!row) throw absent(wasNoDeal(id));
    return this.weighed(row, moment);
  }

  private async weighed(row: DealRow, { asOf, knownAt }: Moment): Promise<WeighedDeal> {
    const funnel = await this.models.view(funnels).get(row.funnelId);
    if (!funnel) throw behind(row.funnelId);
    return weighedDeal(row, funnelKnownAt(funnel, knownAt) ?? funnel, asOf);
  }
}
