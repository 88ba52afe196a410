import type { RepRow } from '../people/people-rows.ts';

/** A rep who came to these teams at these instants; all of it recorded at once. */
export const repIn = (repId: string, ...teams: readonly (readonly [at: number, teamId: string])[]): RepRow => ({
  ...{ repId, name: `${repId.slice(0, 1).toUpperCase()}${repId.slice(1)}`, email: null, joinedAt: teams[0]?.[0] ?? 0 },
  memberships: teams.map(([at, teamId], revision) => ({ at, recordedAt: 0, revision, teamId })),
});
