import { journeys } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { malformed } from '../problems/problem-error.ts';
import { shownInstant, wantedOwner } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { Reports } from '../reports/reports.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { shownBasis, shownFall, type ShownFall } from './shown-forecast.ts';

/** How one day's funnel became another's. */
@Controller()
export class ForecastsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReadModels) private readonly models: ReadModels,
  ) {}

  @Serves('waterfall')
  async waterfall(@Input() { params, query }: In<'waterfall'>): Promise<ShownFall> {
    const { from, to = Date.now(), knownAt, owner, team, region, industry, after } = query;
    if (from > to)
      throw malformed([{ path: 'query.to', expected: 'an instant not before `from`', got: shownInstant(to) }]);
    // The history is read to the end of the log for each question; the titles are those of a view.
    await this.models.seen(after, journeys);
    const filter = { ownerId: wantedOwner(owner), teamId: team, region, industry };
    const request = { funnelId: params.id, from, to, filter };
    const reply = await this.forecasts.ask({ kind: 'waterfall', request, knownAt });
    const { found, basis } = foundIn(reply, params.id, 'not-found');
    const period = { from: shownInstant(from), to: shownInstant(to) };
    const dealIds = Object.values(found.lines).flatMap(({ moves }) => moves.map(({ dealId }) => dealId));
    const titles = await this.reports.titles(dealIds);
    return { ...shownBasis(params.id, basis), ...period, ...shownFall(found, { filter, titles }) };
  }
}
