import type { Membership } from '@funnel/sales';

/** A rep and the teams he was in, oldest first; a membership lasts until the next one. */
export interface RepRow {
  readonly repId: string;
  readonly name: string;
  readonly email: string | null;
  readonly joinedAt: number;
  readonly memberships: readonly Membership[];
  readonly revision: number;
}

export interface TeamRow {
  readonly teamId: string;
  readonly name: string;
  readonly leaderId: string | null;
  readonly definedAt: number;
  readonly revision: number;
}
