import type { EventStore } from '@funnel/event-store';
import type { ReadStore } from '@funnel/read-store';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { AgingController } from './aging/aging.controller.ts';
import { AlertHandler } from './alerts/alert.handler.ts';
import { AlertsController } from './alerts/alerts.controller.ts';
import { AuditController } from './audit/audit.controller.ts';
import { SealedLogController } from './audit/sealed-log.controller.ts';
import { SessionController } from './auth/session.controller.ts';
import { SignedTokens } from './auth/token.ts';
import { Carrier } from './carrying/carrier.ts';
import { DealCommandsController } from './deals/deal-commands.controller.ts';
import { DealProgressController } from './deals/deal-progress.controller.ts';
import { DealReadsController } from './deals/deal-reads.controller.ts';
import { PastDeals } from './deals/past-deals.ts';
import { DealHandler } from './deals/deal.handler.ts';
import { DemonstrationController } from './demonstration/demonstration.controller.ts';
import { DocsController } from './docs/docs.controller.ts';
import { ExportsController } from './exports/exports.controller.ts';
import { FeedController } from './feed/feed.controller.ts';
import { Calibrations } from './forecasting/calibrations.ts';
import { CalibrationsController } from './forecasting/calibrations.controller.ts';
import { ForecastsController } from './forecasting/forecasts.controller.ts';
import { Forecasts } from './forecasting/forecasts.ts';
import { ReforecastsController } from './forecasting/reforecasts.controller.ts';
import { SimulationsController } from './forecasting/simulations.controller.ts';
import { FunnelHandler } from './funnels/funnel.handler.ts';
import { FunnelReportsController } from './funnels/funnel-reports.controller.ts';
import { FunnelsController } from './funnels/funnels.controller.ts';
import { KnownFunnels } from './funnels/known-funnels.ts';
import { HealthController } from './health/health.controller.ts';
import { ImportsController } from './imports/imports.controller.ts';
import { ImportJobs } from './imports/import-jobs.ts';
import { Imports } from './imports/imports.service.ts';
import { PeopleController } from './people/people.controller.ts';
import { RepHandler, TeamHandler } from './people/people.handlers.ts';
import { QuotaHandler } from './quotas/quota.handler.ts';
import { QuotasController } from './quotas/quotas.controller.ts';
import { ReadModels } from './reads/read-models.ts';
import { Reports } from './reports/reports.ts';
import type { Settings } from './settings.ts';
import type { Programs } from './threads/programs.ts';
import { EVENT_STORE, LOGGER, PROGRAMS, READ_STORE, SETTINGS } from './tokens.ts';
import { ViewsController } from './views/views.controller.ts';

/** What the product stands on; opened and closed by whoever starts it. */
export interface Servers {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly tokens: SignedTokens;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly programs: Programs;
}

/** Everything that answers over HTTP, as lists of what is registered. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [
    DealCommandsController,
    DealProgressController,
    DealReadsController,
    FunnelsController,
    FunnelReportsController,
    ForecastsController,
    ReforecastsController,
    CalibrationsController,
    SimulationsController,
    AgingController,
    QuotasController,
    PeopleController,
    AlertsController,
    AuditController,
    SealedLogController,
    ViewsController,
    ImportsController,
    DemonstrationController,
    FeedController,
    ExportsController,
    SessionController,
    DocsController,
    HealthController,
  ],
  providers: [
    ReadModels,
    KnownFunnels,
    Reports,
    Carrier,
    Forecasts,
    PastDeals,
    Calibrations,
    DealHandler,
    FunnelHandler,
    QuotaHandler,
    RepHandler,
    TeamHandler,
    AlertHandler,
    Imports,
    ImportJobs,
  ],
})
export class ApiModule {
  /** Global, so that further modules find the servers too. */
  static on({ settings, logger, tokens, eventStore, readStore, programs }: Servers): DynamicModule {
    const servers = [
      { provide: SETTINGS, useValue: settings },
      { provide: LOGGER, useValue: logger },
      { provide: SignedTokens, useValue: tokens },
      { provide: EVENT_STORE, useValue: eventStore },
      { provide: READ_STORE, useValue: readStore },
      { provide: PROGRAMS, useValue: programs },
    ];
    const shared = [SETTINGS, LOGGER, SignedTokens, EVENT_STORE, READ_STORE, PROGRAMS, ReadModels, KnownFunnels];
    return { module: ApiModule, global: true, providers: servers, exports: shared };
  }
}
