import type { Journey } from './journey.ts';

/** Which deals a report is about; what is absent does not restrict. */
export interface DealFilter {
  /** `null` is "owned by nobody". */
  readonly ownerId?: string | null | undefined;
  readonly teamId?: string | undefined;
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
}

/** Who is in which team at an instant; see `teamsOf`. */
export type TeamAt = (repId: string | null, at: number) => string | null;

/** Whether a deal that had this owner at `at` is one of those asked for. */
export const isAskedFor = (filter: DealFilter, teamAt: TeamAt) => {
  const customerFits = ({ customer }: Journey): boolean =>
    (filter.region === undefined || customer.region === filter.region) &&
    (filter.industry === undefined || customer.industry === filter.industry);
  const ownerFits = (ownerId: string | null, at: number): boolean =>
    (filter.ownerId === undefined || ownerId === filter.ownerId) &&
    (filter.teamId === undefined || teamAt(ownerId, at) === filter.teamId);
  return (journey: Journey, ownerId: string | null, at: number): boolean =>
    customerFits(journey) && ownerFits(ownerId, at);
};
