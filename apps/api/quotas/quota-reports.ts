import type { Moment } from '@funnel/kernel';
import {
  funnelKnownAt,
  funnels,
  journeys,
  quotaKnownAt,
  quotaReport,
  quotas,
  repKnownAt,
  reps,
  type QuotaReport,
  type QuotaRequest,
} from '@funnel/sales-views';
import { Inject, Injectable } from '@nestjs/common';
import { ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';

/** What a quota's report is made from. */
export const quotaViews = [quotas, journeys, reps, funnels] as const;

/** Quotas and how far they were reached at a moment. */
@Injectable()
export class QuotaReports {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** `undefined` where the period is none. */
  async of(wanted: Pick<QuotaRequest, 'subject' | 'period'>, moment: Moment): Promise<QuotaReport | undefined> {
    const { timeZone, baseCurrency: currency } = this.settings;
    return quotaReport({
      ...{ ...wanted, asOf: moment.asOf, timeZone, currency },
      quotas: await this.models.known(quotas, quotaKnownAt, moment),
      journeys: await this.models.journeys(moment),
      reps: await this.models.known(reps, repKnownAt, moment),
      funnels: await this.models.known(funnels, funnelKnownAt, moment),
    });
  }
}
