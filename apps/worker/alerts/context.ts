import type { Actor } from '@funnel/kernel';
import type { EventStore } from '@funnel/event-store';
import type { ReadStore } from '@funnel/read-store';

/** What looking for due work takes. */
export interface Watching {
  readonly views: ReadStore;
  /** In which business days begin and end. */
  readonly timeZone: string;
  /** The one clock of the role, milliseconds since 1970. */
  readonly now: () => number;
}

/** What the alerts role works with. */
export interface AlertsContext extends Watching {
  readonly events: EventStore;
}

/** A deal's stay in one stage, found too long. */
export interface Stay {
  readonly dealId: string;
  readonly stageEntry: number;
}

export type AlertTask =
  /** Look for what is due, what is due soon, which alerts have lost their cause. */
  | { readonly kind: 'sweep' }
  | { readonly kind: 'raise'; readonly stays: readonly Stay[] }
  | { readonly kind: 'resolve'; readonly alertIds: readonly string[] };

export const alertsActor: Actor = { user: 'alerts', role: 'system' };
/** How many deals one alarm carries, and one look-up asks for. */
export const handful = 500;
