import type { Membership } from '@funnel/sales';

/** A team that a rep was in, since when, and what recorded it. */
export interface RecordedMembership extends Membership {
  readonly recordedAt: number;
  readonly revision: number;
}

/** A rep and the teams he was in, oldest first; a membership lasts until the next one. */
export interface RepRow {
  readonly repId: string;
  readonly name: string;
  readonly email: string | null;
  readonly joinedAt: number;
  readonly memberships: readonly RecordedMembership[];
}

/** What a team was called and who led it, from `at` on. */
export interface TeamVersion {
  readonly at: number;
  readonly recordedAt: number;
  readonly revision: number;
  readonly name: string;
  readonly leaderId: string | null;
}

/** A team with all its versions, oldest first. */
export interface TeamRow {
  readonly teamId: string;
  readonly versions: readonly [TeamVersion, ...TeamVersion[]];
}
