import type { Money } from '@funnel/kernel';

/** Where a deal stands and since when. Instants are milliseconds since 1970. */
export interface AgingRow {
  readonly dealId: string;
  readonly title: string;
  readonly funnelId: string;
  readonly open: boolean;
  readonly stage: string;
  /** Which visit to a stage this is in the deal's life, from 1. */
  readonly stageEntry: number;
  readonly since: number;
  readonly ownerId: string | null;
  readonly amount: Money;
  readonly lastContactAt: number | null;
  /** When the open next step is due; `null` without one, or where it has no date. */
  readonly nextStepDueAt: number | null;
}
