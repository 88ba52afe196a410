import type { Actor } from '@funnel/kernel';

/** One event of a deal as its history shows it. Both clocks: `at` when it happened, `recordedAt` when it was written. */
export interface TimelineRow {
  readonly dealId: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly at: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly data: object;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
}
