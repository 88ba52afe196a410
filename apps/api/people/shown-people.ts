import type { AnswerOf, routes } from '@funnel/contracts';
import { inForce, teamAt, type RepRow, type TeamRow } from '@funnel/sales-views';
import { shownInstant } from '../reads/present.ts';

type Shown<Name extends 'listReps' | 'listTeams'> = AnswerOf<(typeof routes)[Name]>['items'][number];
export type ShownTeam = Shown<'listTeams'>;

/** A rep as of an instant, with the teams he had been in by then; `null` before he joined. */
export const shownRep = (row: RepRow, asOf: number): Shown<'listReps'> | null => {
  const past = row.memberships.filter(({ at }) => at <= asOf);
  if (past.length === 0) return null;
  return {
    ...{ id: row.repId, name: row.name, email: row.email, teamId: teamAt(row, asOf) },
    joinedAt: shownInstant(row.joinedAt),
    memberships: past.map(({ at, teamId }) => ({ since: shownInstant(at), teamId })),
    revision: Math.max(...row.memberships.map(({ revision }) => revision)),
  };
};

/** A team as of an instant; `null` before it was defined. */
export const shownTeam = ({ teamId, versions }: TeamRow, asOf: number): ShownTeam | null => {
  if (versions[0].at > asOf) return null;
  const { name, leaderId } = inForce(versions, asOf);
  const revision = Math.max(...versions.map((version) => version.revision));
  return { id: teamId, name, leaderId, definedAt: shownInstant(versions[0].at), revision };
};
