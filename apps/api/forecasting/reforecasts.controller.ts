import type { PageStart } from '@funnel/forecasting';
import { Controller, Header, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { wrongCursor } from '../reads/paged.ts';
import { Reports } from '../reports/reports.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { endsOf, termsOf } from './asked.ts';
import type { Body } from './conversation.ts';
import { Forecasts } from './forecasts.ts';
import { foundIn } from './found-in.ts';
import { shownBasis } from './shown-forecast.ts';
import { shownCell, type ShownAs } from './shown-reforecast.ts';

/** @throws {ProblemError} `malformed` for a cursor of another list */
const startAt = (cursor: string | undefined): PageStart | undefined => {
  if (cursor === undefined) return undefined;
  const [, amount, deal] = /^(-?\d{1,16})\.(\d{1,10})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (amount === undefined || deal === undefined) throw wrongCursor(cursor, '$.cursor');
  return { amount: Number(amount), deal: Number(deal) };
};

const json = 'application/json; charset=utf-8';
const sent = ({ buffer, byteOffset, byteLength }: Body): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/** The past under other weights: every cell, two sets beside each other, and the deals behind a cell. */
@Controller()
export class ReforecastsController {
  constructor(
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('reforecast')
  @Header('content-type', json)
  async reforecast(@Input() { body }: In<'reforecast'>): Promise<Buffer> {
    const { funnelId, by, horizonDays, knownAt } = body;
    const request = { funnelId, by, horizonDays, ends: endsOf(body, this.settings.timeZone), ...termsOf(body) };
    return sent(foundIn(await this.forecasts.ask({ kind: 'reforecast', request, knownAt }), funnelId).found);
  }

  @Serves('compareReforecasts')
  @Header('content-type', json)
  async compare(@Input() { body }: In<'compareReforecasts'>): Promise<Buffer> {
    const { funnelId, by, horizonDays, knownAt } = body;
    const [baseline, candidate] = [termsOf(body.baseline), termsOf(body.candidate)];
    const ends = endsOf(body, this.settings.timeZone);
    const request = { funnelId, by, horizonDays, ends, baseline, candidate };
    return sent(foundIn(await this.forecasts.ask({ kind: 'comparison', request, knownAt }), funnelId).found);
  }

  @Serves('openReforecast')
  async open(@Input() { body }: In<'openReforecast'>): Promise<ShownAs<'openReforecast'>> {
    const { funnelId, by, at, key, horizonDays, knownAt, cursor, limit } = body;
    const page = { start: startAt(cursor), limit };
    const request = { funnelId, by, at, key, horizonDays, page, ...termsOf(body) };
    const { found, basis } = foundIn(await this.forecasts.ask({ kind: 'cell', request, knownAt }), funnelId);
    const titles = await this.reports.titles(found.deals.map(({ dealId }) => dealId));
    return { ...shownBasis(funnelId, basis), ...shownCell(found, at, titles) };
  }
}
