import type { Part } from '@funnel/sales';
import type { DealWeight } from '../deals/deal-weight.ts';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import type { RepRow } from '../people/people-rows.ts';
import type { AgingRow } from './aging-row.ts';

export interface AgingRequest {
  readonly rows: Iterable<AgingRow>;
  readonly funnels: Iterable<FunnelRow>;
  readonly reps?: Iterable<RepRow>;
  readonly filter?: AgingFilter;
  readonly now: number;
  /** In which business days begin and end. */
  readonly timeZone: string;
}

/** What is absent does not restrict. */
export interface AgingFilter {
  readonly dealIds?: readonly string[] | undefined;
  readonly funnelId?: string | undefined;
  readonly stage?: string | undefined;
  /** `null` is "owned by nobody". */
  readonly ownerId?: string | null | undefined;
  readonly teamId?: string | undefined;
  readonly state?: AgingState | undefined;
}

/**
 * `due` from 80 % of the limit on, `over` from the limit on, `stale` from twice the limit on. A stage without a limit is
 * always `ok`.
 */
export const agingStates = ['ok', 'due', 'over', 'stale'] as const;
export type AgingState = (typeof agingStates)[number];

export interface AgingDeal extends AgingRow {
  /** The effective weight and what decides it; nothing where nobody knows the funnel. */
  readonly weighs: DealWeight;
  readonly part: Part | null;
  readonly dwellSeconds: number;
  /** From entering the stage to `dueAt`; business days are told in the time they really take. */
  readonly limitSeconds: number | null;
  readonly dueAt: number | null;
  /** How long it has been over; negative before. */
  readonly overSeconds: number | null;
  readonly state: AgingState;
}

export interface AgingStage {
  readonly funnelId: string;
  readonly stage: string;
  readonly label: string;
  readonly part: Part | null;
  readonly count: number;
  /** Minor units by currency. */
  readonly amounts: Readonly<Record<string, bigint>>;
  readonly states: Readonly<Record<AgingState, number>>;
}

export interface AgingReport {
  readonly now: number;
  /** The furthest over its limit first; deals without a limit last, the longest dwell first. */
  readonly deals: readonly AgingDeal[];
  /** In funnel order. */
  readonly stages: readonly AgingStage[];
  readonly totals: Pick<AgingStage, 'count' | 'amounts' | 'states'>;
}
