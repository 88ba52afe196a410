import { accept, reject, type Dated, type Decider, type Decision } from '@funnel/kernel';
import { occurredBefore, occurredInFuture } from '../dating.ts';
import type { Dating, OccurredBeforeLatestChange, OccurredInFuture } from '../dating.ts';
import { saysTheSame } from '../same.ts';
import type { RepEvent } from './people.events.ts';

export interface RepProfile {
  readonly repId: string;
  readonly name: string;
  readonly teamId: string | null;
  readonly email?: string | undefined;
}
/** A rep; `at` is the business time of the latest change. */
export type Rep =
  { readonly status: 'absent' } | { readonly status: 'joined'; readonly profile: RepProfile; readonly at: number };

export interface JoinRep extends Dating {
  readonly type: 'JoinRep';
  readonly profile: RepProfile;
}
export interface MoveRep extends Dating {
  readonly type: 'MoveRep';
  readonly repId: string;
  /** `null`: out of any team. */
  readonly to: string | null;
}
export type RepCommand = JoinRep | MoveRep;
export type RepRejection =
  | { readonly code: 'rep-exists' }
  | { readonly code: 'rep-absent' }
  | OccurredInFuture
  | OccurredBeforeLatestChange<'team'>;
type RepDecision = Decision<RepEvent, RepRejection>;

const join = ({ profile }: JoinRep, rep: Rep): RepDecision => {
  if (rep.status === 'absent') return accept({ type: 'RepJoined', data: profile });
  return saysTheSame(rep.profile, profile) ? accept() : reject({ code: 'rep-exists' });
};

const move = (command: MoveRep, rep: Rep): RepDecision => {
  if (rep.status === 'absent') return reject({ code: 'rep-absent' });
  const { repId, teamId: from } = rep.profile;
  if (from === command.to) return accept();
  const late = occurredBefore(command, 'team', rep.at);
  return late ? reject(late) : accept({ type: 'RepMoved', data: { repId, from, to: command.to } });
};

const decide = (command: RepCommand, rep: Rep): RepDecision => {
  const future = occurredInFuture(command);
  if (future) return reject(future);
  switch (command.type) {
    case 'JoinRep':
      return join(command, rep);
    case 'MoveRep':
      return move(command, rep);
  }
};

const evolve = (rep: Rep, event: Dated<RepEvent>): Rep => {
  switch (event.type) {
    case 'RepJoined':
      return { status: 'joined', profile: event.data, at: event.at };
    case 'RepMoved':
      if (rep.status === 'absent') return rep;
      return { status: 'joined', profile: { ...rep.profile, teamId: event.data.to }, at: event.at };
  }
};

/** One rep, and the team he is in. */
export const rep: Decider<Rep, RepCommand, RepEvent, RepRejection> = {
  initial: { status: 'absent' },
  evolve,
  decide,
};
