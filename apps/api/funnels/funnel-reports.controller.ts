import { isOfThePast, momentOf } from '@funnel/kernel';
import { funnels, journeys, reps } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { wantedOwner } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { Reports } from '../reports/reports.ts';
import { shownReport, type ShownReport } from './shown-funnel.ts';

/** What stands in a funnel, and what became of those who entered it. */
@Controller()
export class FunnelReportsController {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(Reports) private readonly reports: Reports,
  ) {}

  @Serves('reportFunnel')
  async report(@Input() { params, query }: In<'reportFunnel'>): Promise<ShownReport> {
    const { from, to, owner, team, region, industry } = query;
    const moment = momentOf(query, Date.now());
    const isNow = !isOfThePast(query);
    await this.models.seen(query.after, funnels, journeys, reps);
    const position = await this.models.position(funnels, journeys, reps);
    const request = {
      funnelId: params.id,
      filter: { ownerId: wantedOwner(owner), teamId: team, region, industry },
      ...{ ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    };
    const report = await this.reports.ask({ kind: 'funnel', request, moment, isNow });
    if (!report) throw notFound(`funnel "${params.id}"`);
    return shownReport(report, moment, position);
  }
}
