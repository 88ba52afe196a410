import { projection } from '@funnel/kernel';
import type { RepEvent, TeamEvent } from '@funnel/sales';
import { withVersion } from '../versions.ts';
import type { RepRow, TeamRow } from './people-rows.ts';

/** Every rep, with the teams he was in. */
export const reps = projection<RepRow, RepEvent>({
  name: 'reps',
  version: 2,
  streams: ['rep-'],
  keyOf: ({ data }) => data.repId,
  on: {
    RepJoined: (_, { data, at, recordedAt, revision }) => ({
      repId: data.repId,
      name: data.name,
      email: data.email ?? null,
      joinedAt: at,
      memberships: [{ at, recordedAt, revision, teamId: data.teamId }],
    }),
    RepMoved: (row, { data, at, recordedAt, revision }) =>
      row && { ...row, memberships: withVersion(row.memberships, { at, recordedAt, revision, teamId: data.to }) },
  },
});

/** Every team, with what it was called and who led it. */
export const teams = projection<TeamRow, TeamEvent>({
  name: 'teams',
  version: 2,
  streams: ['team-'],
  keyOf: ({ data }) => data.teamId,
  on: {
    TeamDefined: (row, { data, at, recordedAt, revision }) => {
      const version = { at, recordedAt, revision, name: data.name, leaderId: data.leaderId ?? null };
      return { teamId: data.teamId, versions: withVersion(row?.versions ?? [], version) };
    },
  },
});
