import { isOfThePast, momentOf } from '@funnel/kernel';
import { alertAt, alerts, type AlertRow } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { paged } from '../reads/paged.ts';
import { wantedOwner } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { AlertMessage } from './alert.handler.ts';
import { standingAlerts } from './past-alerts.ts';
import { shownAlert, type AlertPage } from './shown-alert.ts';

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
    const isPast = isOfThePast(query);
    const moment = momentOf(query, Date.now());
    const filter = {
      ...(isPast ? standingAlerts(moment, status) : status !== undefined && { status }),
      ...(owner !== undefined && { ownerId: wantedOwner(owner) ?? null }),
      ...(deal !== undefined && { dealId: deal }),
    };
    const show = (row: AlertRow) => shownAlert((isPast && alertAt(row, moment)) || row);
    return paged(this.models.view(alerts), { filter, sort: { raisedAt: -1 }, show, cursor, limit });
  }

  @Serves('acknowledgeAlert')
  acknowledge(@Input() { params, body, call }: Told<'acknowledgeAlert'>): Promise<Done> {
    return this.commands.execute(new AlertMessage(params.id, body.note, call));
  }
}
