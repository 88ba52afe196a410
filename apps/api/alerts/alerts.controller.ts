import type { AnswerOf, routes } from '@funnel/contracts';
import { alerts, type AlertRow } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { paged } from '../reads/paged.ts';
import { instantOrNull, shownInstant, wantedOwner } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { AlertMessage } from './alert.handler.ts';

type AlertPage = AnswerOf<(typeof routes)['listAlerts']>;

const shownAlert = (row: AlertRow): AlertPage['items'][number] => ({
  id: row.alertId,
  kind: row.kind,
  dealId: row.dealId,
  title: row.title,
  funnelId: row.funnelId,
  stage: row.stage,
  part: row.part,
  stageEntry: row.stageEntry,
  ownerId: row.ownerId,
  since: shownInstant(row.since),
  dueAt: shownInstant(row.dueAt),
  limitDays: row.limitDays,
  questions: [...row.questions],
  status: row.status,
  raisedAt: shownInstant(row.raisedAt),
  acknowledgedAt: instantOrNull(row.acknowledgedAt),
  acknowledgedBy: row.acknowledgedBy,
  note: row.note,
  resolvedAt: instantOrNull(row.resolvedAt),
  because: row.because,
  revision: row.revision,
});

/** What needs somebody's attention. */
@Controller()
export class AlertsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ReadModels) private readonly models: ReadModels,
  ) {}

  @Serves('listAlerts')
  async list(@Input() { query }: In<'listAlerts'>): Promise<AlertPage> {
    await this.models.seen(query.after, alerts);
    const { status, owner, deal, cursor, limit } = query;
    const filter = {
      ...(status !== undefined && { status }),
      ...(owner !== undefined && { ownerId: wantedOwner(owner) ?? null }),
      ...(deal !== undefined && { dealId: deal }),
    };
    return paged(this.models.view(alerts), { filter, sort: { raisedAt: -1 }, show: shownAlert, cursor, limit });
  }

  @Serves('acknowledgeAlert')
  acknowledge(@Input() { params, body, call }: Told<'acknowledgeAlert'>): Promise<Done> {
    return this.commands.execute(new AlertMessage(params.id, body.note, call));
  }
}
