import { isOfThePast, momentOf } from '@funnel/kernel';
import { alertAt, alerts, reps, type AlertRow } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { membersOf } from '../reads/members.ts';
import { paged } from '../reads/paged.ts';
import { ReadModels } from '../reads/read-models.ts';
import { AlertMessage } from './alert.handler.ts';
import { shownAlert, type AlertPage } from './shown-alert.ts';
import { wantedAlerts } from './wanted-alerts.ts';

/** What needs somebody's attention. */
@Controller()
export class AlertsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ReadModels) private readonly models: ReadModels,
  ) {}

  @Serves('listAlerts')
  async list(@Input() { query }: In<'listAlerts'>): Promise<AlertPage> {
    const { team, cursor, limit } = query;
    await this.models.seen(query.after, alerts, ...(team === undefined ? [] : [reps]));
    const moment = momentOf(query, Date.now());
    const members = team === undefined ? [] : await membersOf(this.models, team, moment);
    const filter = wantedAlerts(query, moment, members);
    const isPast = isOfThePast(query);
    const show = (row: AlertRow) => shownAlert((isPast && alertAt(row, moment)) || row);
    return paged(this.models.view(alerts), { filter, sort: { raisedAt: -1 }, show, cursor, limit });
  }

  @Serves('acknowledgeAlert')
  acknowledge(@Input() { params, body, call }: Told<'acknowledgeAlert'>): Promise<Done> {
    return this.commands.execute(new AlertMessage(params.id, body.note, call));
  }
}
