import type { EventStore } from '@funnel/event-store';
import { quota, quotaStream, type YearlyQuota } from '@funnel/sales';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call } from '../commands/call.ts';
import { perform, type Done } from '../commands/perform.ts';
import { EVENT_STORE } from '../tokens.ts';

export class QuotaMessage extends Command<Done> {
  constructor(
    readonly quota: YearlyQuota,
    readonly reason: string | undefined,
    readonly call: Call,
  ) {
    super();
  }
}

@CommandHandler(QuotaMessage)
export class QuotaHandler implements ICommandHandler<QuotaMessage> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ quota: wanted, reason, call }: QuotaMessage): Promise<Done> {
    const { subject, year } = wanted;
    const command = { type: 'SetQuota', quota: wanted, reason, at: call.at, now: call.now } as const;
    const stream = quotaStream(subject, year);
    return perform(this.store, { id: `${subject}-${year}`, decider: quota, stream, command }, call);
  }
}
