import type { AnswerOf, routes } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import type { RowFilter } from '@funnel/read-store';
import { dealTimeline, deals, funnels, reps, teamAt, type DealRow } from '@funnel/sales-views';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { paged } from '../reads/paged.ts';
import { wantedOwner } from '../reads/present.ts';
import { collect, ReadModels } from '../reads/read-models.ts';
import { EVENT_STORE } from '../tokens.ts';
import { dealAsOf } from './deal-as-of.ts';
import { historyPage } from './deal-history.ts';
import { shownDeal, weighedDeal, type WeighedDeal } from './shown-deal.ts';

type Answer<Name extends 'listDeals' | 'dealHistory'> = AnswerOf<(typeof routes)[Name]>;

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Every word somewhere, in any order. */
const wordsPattern = (q: string): string =>
  `^${q
    .toLowerCase()
    .split(/\s+/)
    .map((word) => `(?=.*${literal(word)})`)
    .join('')}`;

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
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Serves('listDeals')
  async list(@Input() { query }: In<'listDeals'>): Promise<Answer<'listDeals'>> {
    await this.models.seen(query.after, deals, ...(query.team === undefined ? [] : [reps]));
    const { cursor, limit } = query;
    const sort = { changedAt: -1 } as const;
    return paged(this.models.view(deals), { filter: await this.filter(query), sort, show: shownDeal, cursor, limit });
  }

  @Serves('showDeal')
  async show(
    @Input() { params, query }: In<'showDeal'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WeighedDeal> {
    if (query.asOf !== undefined) return this.showAsOf(params.id, query.asOf);
    await this.models.seen(query.after, deals, funnels);
    const row = await this.models.view(deals).get(params.id);
    if (!row) throw absent(`There is no deal "${params.id}".`);
    reply.header('etag', `"${row.revision}"`);
    return this.weighed(row, Date.now());
  }

  @Serves('dealHistory')
  async history(@Input() { params, query }: In<'dealHistory'>): Promise<Answer<'dealHistory'>> {
    await this.models.seen(query.after, dealTimeline);
    const page = await historyPage(this.models.view(dealTimeline), params.id, query);
    if (page.items.length === 0 && query.cursor === undefined) throw absent(`There is no deal "${params.id}".`);
    return page;
  }

  private async showAsOf(id: string, asOf: number): Promise<WeighedDeal> {
    const row = await dealAsOf(this.store, id, asOf);
    if (!row) throw absent(`There was no deal "${id}" then.`);
    return this.weighed(row, asOf);
  }

  private async weighed(row: DealRow, at: number): Promise<WeighedDeal> {
    const funnel = await this.models.view(funnels).get(row.funnelId);
    if (!funnel) throw behind(row.funnelId);
    return weighedDeal(row, funnel, at);
  }

  private async filter(query: In<'listDeals'>['query']): Promise<RowFilter<DealRow>> {
    const { owner, team, stage, status, customer, q, funnel } = query;
    return {
      ...(owner !== undefined && { ownerId: wantedOwner(owner) ?? null }),
      ...(team !== undefined && { $or: [{ ownerId: { $in: await this.membersOf(team) } }] }),
      ...(stage !== undefined && { stage }),
      ...(status !== undefined && { status }),
      ...(funnel !== undefined && { funnelId: funnel }),
      ...(customer !== undefined && { 'customer.name': customer }),
      ...(q !== undefined && { words: { $regex: wordsPattern(q) } }),
    };
  }

  private async membersOf(team: string): Promise<string[]> {
    const now = Date.now();
    const everybody = await collect(this.models.view(reps).all());
    return everybody.filter((rep) => teamAt(rep, now) === team).map(({ repId }) => repId);
  }
}
