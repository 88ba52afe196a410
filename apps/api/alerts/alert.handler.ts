import type { EventStore } from '@funnel/event-store';
import { alert, alertStream } from '@funnel/sales';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call } from '../commands/call.ts';
import { perform, type Done } from '../commands/perform.ts';
import { EVENT_STORE } from '../tokens.ts';

/** Somebody takes care of an alert. Raising and resolving is the worker's business. */
export class AlertMessage extends Command<Done> {
  constructor(
    readonly alertId: string,
    readonly note: string | undefined,
    readonly call: Call,
  ) {
    super();
  }
}

@CommandHandler(AlertMessage)
export class AlertHandler implements ICommandHandler<AlertMessage> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ alertId, note, call }: AlertMessage): Promise<Done> {
    const command = { type: 'AcknowledgeAlert', note, at: call.at, now: call.now } as const;
    return perform(this.store, { id: alertId, decider: alert, stream: alertStream(alertId), command }, call);
  }
}
