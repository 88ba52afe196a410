import type { Money } from '@funnel/kernel';

/** Where a deal stands and since when. Instants are milliseconds since 1970. */
export interface AgingRow {
  readonly dealId: string;
  readonly title: string;
  readonly customer: string;
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
  /** Set and not completed; whether it has lapsed since is the funnel's rule to say. */
  readonly nextStepOpen: boolean;
  /** Decimal 0..1; `null` where the stage decides. */
  readonly weightOverride: number | null;
  /** Of its stream: what `If-Match` compares; `null` in the past, which cannot be changed. */
  readonly revision: number | null;
}
