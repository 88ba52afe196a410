import type { AgingRow } from './aging-row.ts';

/** Somebody who owns open deals, whether the company knows him as a rep or an import brought him. */
export interface OpenOwner {
  readonly ownerId: string;
  readonly count: number;
}

/** Who owns open deals, by id; what belongs to nobody is left out. */
export const openOwners = (rows: Iterable<Pick<AgingRow, 'open' | 'ownerId'>>): OpenOwner[] => {
  const counts = new Map<string, number>();
  for (const { open, ownerId } of rows) {
    if (open && ownerId !== null) counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1);
  }
  return [...counts].map(([ownerId, count]) => ({ ownerId, count })).sort(byId);
};

const byId = (one: OpenOwner, other: OpenOwner): number => (one.ownerId < other.ownerId ? -1 : 1);
