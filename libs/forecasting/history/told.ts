import type { Change } from './change.ts';
import type { EventId } from './event-ids.ts';

/** Codes of what a deal keeps from its beginning. */
export interface Beginning {
  readonly funnel: number;
  readonly region: number;
  readonly industry: number;
}

/** What one event tells of a deal, in numbers: whatever was text is a code. */
export interface Told {
  readonly deal: number;
  /** Business time. */
  readonly at: number;
  readonly recordedAt: number;
  readonly id: EventId;
  readonly change: Change;
  /** Where the event is the deal's first. */
  readonly begins: Beginning | undefined;
}
