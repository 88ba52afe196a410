import { teamAmong } from '@funnel/sales';
import type { RepRow } from './people-rows.ts';

/** The team a rep is in at an instant. */
export const teamAt = ({ memberships }: RepRow, at: number): string | null => teamAmong(memberships, at);

/** Answers who is in which team at an instant. */
export const teamsOf = (reps: Iterable<RepRow>): ((repId: string | null, at: number) => string | null) => {
  const byId = new Map<string, RepRow>();
  for (const rep of reps) byId.set(rep.repId, rep);
  return (repId, at) => {
    const rep = repId === null ? undefined : byId.get(repId);
    return rep ? teamAt(rep, at) : null;
  };
};
