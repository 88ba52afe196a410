import type { EventStore } from '@funnel/event-store';
import { rep, repStream, team, teamStream, type RepCommand, type TeamProfile } from '@funnel/sales';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call } from '../commands/call.ts';
import { perform, type Done } from '../commands/perform.ts';
import { EVENT_STORE } from '../tokens.ts';

type Said<Each> = Each extends RepCommand ? Omit<Each, 'at' | 'now'> : never;

export class RepMessage extends Command<Done> {
  constructor(
    readonly repId: string,
    readonly intent: Said<RepCommand>,
    readonly call: Call,
  ) {
    super();
  }
}

@CommandHandler(RepMessage)
export class RepHandler implements ICommandHandler<RepMessage> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ repId, intent, call }: RepMessage): Promise<Done> {
    const command = { ...intent, at: call.at, now: call.now };
    return perform(this.store, { id: repId, decider: rep, stream: repStream(repId), command }, call);
  }
}

export class TeamMessage extends Command<Done> {
  constructor(
    readonly profile: TeamProfile,
    readonly call: Call,
  ) {
    super();
  }
}

@CommandHandler(TeamMessage)
export class TeamHandler implements ICommandHandler<TeamMessage> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ profile, call }: TeamMessage): Promise<Done> {
    const command = { type: 'DefineTeam', profile, at: call.at, now: call.now } as const;
    const id = profile.teamId;
    return perform(this.store, { id, decider: team, stream: teamStream(id), command }, call);
  }
}
