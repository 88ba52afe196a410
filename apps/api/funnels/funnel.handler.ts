import type { EventStore } from '@funnel/event-store';
import { funnel, funnelStream, type CalibrationEvidence, type FunnelDefinition } from '@funnel/sales';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call } from '../commands/call.ts';
import { perform, type Done } from '../commands/perform.ts';
import { EVENT_STORE } from '../tokens.ts';
import { KnownFunnels } from './known-funnels.ts';

/** Why a funnel is defined so. */
export interface Why {
  readonly reason?: string | undefined;
  readonly evidence?: CalibrationEvidence;
}

export class FunnelMessage extends Command<Done> {
  constructor(
    readonly definition: FunnelDefinition,
    readonly why: Why,
    readonly call: Call,
  ) {
    super();
  }
}

@CommandHandler(FunnelMessage)
export class FunnelHandler implements ICommandHandler<FunnelMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KnownFunnels) private readonly known: KnownFunnels,
  ) {}

  async execute({ definition, why, call }: FunnelMessage): Promise<Done> {
    const id = definition.funnelId;
    const command = { type: 'DefineFunnel', definition, ...why, at: call.at, now: call.now } as const;
    const done = await perform(this.store, { id, decider: funnel, stream: funnelStream(id), command }, call);
    this.known.forget(id);
    return done;
  }
}
