import type { Money } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';

type DataOf<Type extends DealEvent['type']> = Extract<DealEvent, { type: Type }>['data'];
type Added = DataOf<'ProspectAdded'>;
type Step = DataOf<'NextStepSet'>['step'];
export type DealStatus = 'open' | 'won' | 'lost';

/** The newest next step, open or completed; instants in milliseconds since 1970. */
export interface NextStep extends Omit<Step, 'dueAt'> {
  readonly dueAt: number | null;
  readonly setAt: number;
  readonly completedAt: number | null;
  readonly outcome: string | null;
}

/** A deal as it stands now, for lists and its page. Instants are milliseconds since 1970. */
export interface DealRow {
  readonly dealId: string;
  readonly title: string;
  readonly customer: Added['customer'];
  readonly funnelId: string;
  readonly stage: string;
  /** Which visit to a stage this is in the deal's life, from 1. */
  readonly stageEntry: number;
  /** When the present stage was entered. */
  readonly since: number;
  readonly status: DealStatus;
  readonly amount: Money;
  /** What was said before it was converted into the funnel's currency. */
  readonly conversion: NonNullable<Added['conversion']> | null;
  readonly ownerId: string | null;
  /** A calendar date: `2026-07-01`. */
  readonly expectedClose: string | null;
  /** How often the expected close was put off, and by how many days in total. */
  readonly pushes: { readonly count: number; readonly days: number };
  readonly nextStep: NextStep | null;
  readonly nextStepStanding: 'none' | 'open' | 'completed';
  /** Decimal 0..1; `null` where the stage decides. */
  readonly weightOverride: number | null;
  readonly criteria: readonly string[];
  readonly addedAt: number;
  readonly closedAt: number | null;
  readonly lastContactAt: number | null;
  readonly contacts: number;
  readonly lostReason: string | null;
  readonly competitor: string | null;
  readonly source: string | null;
  /** Of its stream: what `If-Match` compares. */
  readonly revision: number;
  /** Business time of its newest fact. */
  readonly changedAt: number;
  /** Lower-cased id, title, customer, region and industry, for searching. */
  readonly words: string;
}
