import { projection } from '@funnel/kernel';
import type { RepEvent, TeamEvent } from '@funnel/sales';
import type { RepRow, TeamRow } from './people-rows.ts';

/** Every rep, with the teams he was in. */
export const reps = projection<RepRow, RepEvent>({
  name: 'reps',
  version: 1,
  streams: ['rep-'],
  keyOf: ({ data }) => data.repId,
  on: {
    RepJoined: (_, { data, at, revision }) => ({
      repId: data.repId,
      name: data.name,
      email: data.email ?? null,
      joinedAt: at,
      memberships: [{ at, teamId: data.teamId }],
      revision,
    }),
    RepMoved: (row, { data, at, revision }) => {
      if (!row) return null;
      const memberships = [...row.memberships, { at, teamId: data.to }].sort((a, b) => a.at - b.at);
      return { ...row, memberships, revision };
    },
  },
});

export const teams = projection<TeamRow, TeamEvent>({
  name: 'teams',
  version: 1,
  streams: ['team-'],
  keyOf: ({ data }) => data.teamId,
  on: {
    TeamDefined: (row, { data, at, revision }) => ({
      teamId: data.teamId,
      name: data.name,
      leaderId: data.leaderId ?? null,
      definedAt: row?.definedAt ?? at,
      revision,
    }),
  },
});
