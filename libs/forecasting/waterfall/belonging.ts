import { teamAmong } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';

/** Which deals a waterfall is about; what is absent does not restrict. */
export interface WaterfallFilter {
  /** `null` is nobody. */
  readonly ownerId?: string | null | undefined;
  readonly teamId?: string | undefined;
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
}

/** From an instant on, the deals of an owner are among those asked for, or no more: he has changed his team. */
interface Turn {
  readonly at: number;
  readonly isIn: boolean;
  readonly eventId: string;
}

/** Whether the deals of an owner are among those asked for, by time. */
export interface Belonging {
  readonly initially: boolean;
  /** By time; each of them changes it. */
  readonly turns: readonly Turn[];
}

const always: Belonging = { initially: true, turns: [] };
const never: Belonging = { initially: false, turns: [] };

const byTeam = (history: KnownHistory, ownerId: string | null, teamId: string): Belonging => {
  if (ownerId === null) return never;
  const memberships = history.memberships(ownerId);
  const initially = teamAmong(memberships, -Infinity) === teamId;
  let isIn = initially;
  const turns = memberships.flatMap((membership): Turn[] => {
    if ((membership.teamId === teamId) === isIn) return [];
    isIn = !isIn;
    return [{ at: membership.at, isIn, eventId: membership.eventId }];
  });
  return { initially, turns };
};

/** By the code of an owner. */
export const belongings = (history: KnownHistory, { ownerId, teamId }: WaterfallFilter): readonly Belonging[] =>
  history.owners.texts.map((owner) => {
    if (ownerId !== undefined && owner !== ownerId) return never;
    return teamId === undefined ? always : byTeam(history, owner, teamId);
  });

export const isInAt = ({ initially, turns }: Belonging, at: number): boolean =>
  turns.findLast((turn) => turn.at <= at)?.isIn ?? initially;
