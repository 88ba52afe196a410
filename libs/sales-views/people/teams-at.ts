import type { RepRow } from './people-rows.ts';

/** The team a rep is in at an instant. He is in his first team before he joined, too: histories begin earlier. */
export const teamAt = ({ memberships }: RepRow, at: number): string | null =>
  (memberships.findLast((membership) => membership.at <= at) ?? memberships[0])?.teamId ?? null;

/** Answers who is in which team at an instant. */
export const teamsOf = (reps: Iterable<RepRow>): ((repId: string | null, at: number) => string | null) => {
  const byId = new Map<string, RepRow>();
  for (const rep of reps) byId.set(rep.repId, rep);
  return (repId, at) => {
    const rep = repId === null ? undefined : byId.get(repId);
    return rep ? teamAt(rep, at) : null;
  };
};
