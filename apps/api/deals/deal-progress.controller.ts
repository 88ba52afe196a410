import { formatInstant } from '@funnel/kernel';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Done } from '../commands/perform.ts';
import { Input, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { DealMessage } from './deal-message.ts';

/** What happens to a deal between its first record and its close. */
@Controller()
export class DealProgressController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Serves('advanceDeal')
  advance(@Input() { params, body, call }: Told<'advanceDeal'>): Promise<Done> {
    const { to, reason, override } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'AdvanceStage', to, reason, override }, call));
  }

  @Serves('regressDeal')
  regress(@Input() { params, body, call }: Told<'regressDeal'>): Promise<Done> {
    const { to, reason } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'RegressStage', to, reason }, call));
  }

  @Serves('meetCriterion')
  meet(@Input() { params, call }: Told<'meetCriterion'>): Promise<Done> {
    return this.commands.execute(new DealMessage(params.id, { type: 'MeetCriterion', criterion: params.key }, call));
  }

  @Serves('withdrawCriterion')
  withdraw(@Input() { params, call }: Told<'withdrawCriterion'>): Promise<Done> {
    return this.commands.execute(
      new DealMessage(params.id, { type: 'WithdrawCriterion', criterion: params.key }, call),
    );
  }

  @Serves('setNextStep')
  plan(@Input() { params, body, call }: Told<'setNextStep'>): Promise<Done> {
    const { occurredAt: _, dueAt, ...said } = body;
    const step = { ...said, dueAt: formatInstant(dueAt) };
    return this.commands.execute(new DealMessage(params.id, { type: 'SetNextStep', step }, call));
  }

  @Serves('completeNextStep')
  complete(@Input() { params, body, call }: Told<'completeNextStep'>): Promise<Done> {
    return this.commands.execute(new DealMessage(params.id, { type: 'CompleteNextStep', outcome: body.outcome }, call));
  }

  @Serves('logContact')
  contact(@Input() { params, body, call }: Told<'logContact'>): Promise<Done> {
    const { kind, note, people } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'LogContact', kind, note, people }, call));
  }

  @Serves('overrideWeight')
  overrideWeight(@Input() { params, body, call }: Told<'overrideWeight'>): Promise<Done> {
    const { weight, reason } = body;
    return this.commands.execute(new DealMessage(params.id, { type: 'OverrideWeight', weight, reason }, call));
  }

  @Serves('clearWeight')
  clearWeight(@Input() { params, call }: Told<'clearWeight'>): Promise<Done> {
    return this.commands.execute(new DealMessage(params.id, { type: 'ClearWeightOverride' }, call));
  }
}
