/** A team, `null` for none, and since when somebody is in it, milliseconds since 1970. */
export interface Membership {
  readonly at: number;
  readonly teamId: string | null;
}

/**
 * The team at an instant, of memberships with the oldest first; each lasts until the next one. Somebody is in his first team
 * before he joined, too: histories begin earlier.
 */
export const teamAmong = (memberships: readonly Membership[], at: number): string | null =>
  (memberships.findLast((membership) => membership.at <= at) ?? memberships[0])?.teamId ?? null;
