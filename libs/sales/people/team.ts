import { accept, reject, type Dated, type Decider, type Decision } from '@funnel/kernel';
import { occurredBefore, occurredInFuture } from '../dating.ts';
import type { Dating, OccurredBeforeLatestChange, OccurredInFuture } from '../dating.ts';
import { saysTheSame } from '../same.ts';
import type { TeamEvent } from './people.events.ts';

export interface TeamProfile {
  readonly teamId: string;
  readonly name: string;
  readonly leaderId?: string | undefined;
}
/** A team; `at` is the business time of the latest definition. */
export type Team =
  { readonly status: 'absent' } | { readonly status: 'defined'; readonly profile: TeamProfile; readonly at: number };

/** Defines a team, or says anew what it is called and who leads it. */
export interface DefineTeam extends Dating {
  readonly type: 'DefineTeam';
  readonly profile: TeamProfile;
}
export type TeamCommand = DefineTeam;
export type TeamRejection = OccurredInFuture | OccurredBeforeLatestChange<'team'>;

const decide = (command: TeamCommand, team: Team): Decision<TeamEvent, TeamRejection> => {
  const future = occurredInFuture(command);
  if (future) return reject(future);
  if (team.status === 'defined') {
    if (saysTheSame(team.profile, command.profile)) return accept();
    const late = occurredBefore(command, 'team', team.at);
    if (late) return reject(late);
  }
  return accept({ type: 'TeamDefined', data: command.profile });
};

const evolve = (_: Team, event: Dated<TeamEvent>): Team => ({ status: 'defined', profile: event.data, at: event.at });

/** One team. */
export const team: Decider<Team, TeamCommand, TeamEvent, TeamRejection> = {
  initial: { status: 'absent' },
  evolve,
  decide,
};
