import type { AnswerOf, routes } from '@funnel/contracts';
import { isOfThePast, momentOf } from '@funnel/kernel';
import { dealTimeline, funnels, journeys, reps } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { isPlace, PastDeals } from '../deals/past-deals.ts';
import { shownDeal } from '../deals/shown-deal.ts';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { placeOf, readPlace } from '../reads/page-place.ts';
import { wantedOwner } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { Reports } from '../reports/reports.ts';
import { shownReport, type ShownReport } from './shown-funnel.ts';

type Query = Pick<In<'reportFunnel'>['query'], 'from' | 'to' | 'owner' | 'team' | 'region' | 'industry'>;

const asked = (funnelId: string, { from, to, owner, team, region, industry }: Query) => ({
  funnelId,
  filter: { ownerId: wantedOwner(owner), teamId: team, region, industry },
  ...{ ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
});

/** What stands in a funnel, and what became of those who entered it. */
@Controller()
export class FunnelReportsController {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(PastDeals) private readonly past: PastDeals,
  ) {}

  @Serves('reportFunnel')
  async report(@Input() { params, query }: In<'reportFunnel'>): Promise<ShownReport> {
    const moment = momentOf(query, Date.now());
    const isNow = !isOfThePast(query);
    await this.models.seen(query.after, funnels, journeys, reps);
    const position = await this.models.position(funnels, journeys, reps);
    const report = await this.reports.ask({ kind: 'funnel', request: asked(params.id, query), moment, isNow });
    if (!report) throw notFound(`funnel "${params.id}"`);
    return shownReport(report, moment, position);
  }

  @Serves('listCohort')
  async cohort(@Input() { params, query }: In<'listCohort'>): Promise<AnswerOf<(typeof routes)['listCohort']>> {
    await this.models.seen(query.after, funnels, journeys, reps, dealTimeline);
    const { stage, outcome, limit } = query;
    const now = Date.now();
    const place = readPlace(query.cursor, isPlace);
    const wanted = place?.moment ?? momentOf(query, now);
    // Every page is told as of the same instants, whatever is recorded meanwhile.
    const moment = { ...wanted, knownAt: Math.min(wanted.knownAt, now) };
    const request = { ...asked(params.id, query), stage, outcome, after: place?.behind, limit: limit + 1 };
    const found = await this.reports.ask({ kind: 'cohort', request, moment, isNow: false });
    if (!found) throw notFound(`funnel "${params.id}"`);
    const last = found.length > limit ? found[limit - 1] : undefined;
    const rows = await this.past.rows(found.slice(0, limit), moment);
    return { items: rows.map(shownDeal), next: last ? placeOf({ moment, behind: last }) : null };
  }
}
