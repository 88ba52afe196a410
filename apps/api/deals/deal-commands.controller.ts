import { id } from '@funnel/sales';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { newIdOf } from '../commands/call.ts';
import type { Done } from '../commands/perform.ts';
import { Input, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { DealMessage } from './deal-message.ts';

/** A rep's new deal is his own unless he says otherwise. */
const ownerOf = ({ body, call }: Told<'createDeal'>): string | null => {
  if (body.ownerId !== undefined) return body.ownerId;
  const { role, user } = call.actor;
  return role === 'rep' && id.safeParse(user).success ? user : null;
};

/** Adds deals and closes them. */
@Controller()
export class DealCommandsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Serves('createDeal')
  create(@Input() told: Told<'createDeal'>): Promise<Done> {
    const { id: dealId, occurredAt: _, expectedClose = null, ...said } = told.body;
    const intent = { type: 'AddProspect', ...said, ownerId: ownerOf(told), expectedClose } as const;
    return this.commands.execute(new DealMessage(dealId ?? newIdOf(told.call), intent, told.call));
  }

  @Serves('valueDeal')
  value(@Input() { params, body, call }: Told<'valueDeal'>): Promise<Done> {
    const { amount, rate, expectedClose } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'ValueDeal', amount, rate, expectedClose }, call));
  }

  @Serves('winDeal')
  win(@Input() { params, body, call }: Told<'winDeal'>): Promise<Done> {
    const { amount, rate } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'WinDeal', amount, rate }, call));
  }

  @Serves('loseDeal')
  lose(@Input() { params, body, call }: Told<'loseDeal'>): Promise<Done> {
    const { reason, competitor } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'LoseDeal', reason, competitor }, call));
  }

  @Serves('reopenDeal')
  reopen(@Input() { params, body, call }: Told<'reopenDeal'>): Promise<Done> {
    return this.commands.execute(new DealMessage(params.id, { type: 'ReopenDeal', reason: body.reason }, call));
  }

  @Serves('reassignDeal')
  reassign(@Input() { params, body, call }: Told<'reassignDeal'>): Promise<Done> {
    const { ownerId: to, reason, override } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'ReassignOwner', to, reason, override }, call));
  }
}
