import type { Actor } from '@funnel/kernel';

/** One event of a deal as its history shows it. Both clocks: `at` when it happened, `recordedAt` when it was written. */
export interface TimelineEntry {
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly at: number;
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly data: object;
  /** Absent where it is the event's id. Ids are the most of what an entry takes. */
  readonly commandId?: string;
  /** These are absent where they are the command's id. */
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** A page of a deal's history. A row per event would cost a write each; a row per deal would grow without end. */
export interface TimelineRow {
  readonly dealId: string;
  /** From 0; holds the revisions from `page × entriesPerPage` on. */
  readonly page: number;
  readonly entries: readonly TimelineEntry[];
}
/** Few: each new event writes its whole page again. */
export const entriesPerPage = 8;
