import type { Money } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { Mapping } from './mapping.ts';
import type { Saying } from './reader.ts';
import type { ValueReader } from './values.ts';

/** What the rows so far say about one deal; enough to say where the next event comes from. */
export interface DealSoFar {
  readonly dealId: string;
  status: 'absent' | 'open' | 'won' | 'lost';
  stage: string;
  amount: Money | undefined;
  expectedClose: string | undefined;
  ownerId: string | null;
  /** The weight that overrides the stage's. */
  weight: number | undefined;
  lastAt: number;
  /** How often each row has been seen at the instant `lastAt`. */
  readonly rowsAtInstant: Map<string, number>;
  /** Stages entered by rules that count only once. */
  readonly entered: Set<string>;
}

export const unknownDeal = (dealId: string, at: number): DealSoFar => ({
  dealId,
  status: 'absent',
  stage: '',
  amount: undefined,
  expectedClose: undefined,
  ownerId: null,
  weight: undefined,
  lastAt: at,
  rowsAtInstant: new Map(),
  entered: new Set(),
});

export const isClosed = ({ status }: DealSoFar): boolean => status === 'won' || status === 'lost';

/** No rule matches; only the first such row counts; the deal stands there already; the deal is closed, or open. */
export type IgnoredBecause = 'unmapped' | 'repeated' | 'already-there' | 'closed' | 'open';

/** What a row says about its deal, and who owns the deal by it. */
export interface RowContext {
  readonly mapping: Mapping;
  readonly deal: DealSoFar;
  readonly saying: Saying;
  readonly values: ValueReader;
  readonly ownerId: string | null;
}

/**
 * A change of owner that the row tells by naming somebody else than before. A row that names nobody tells nothing of the
 * owner, unless it is `about` that.
 */
export const newOwner = ({ deal, ownerId, saying: { said } }: RowContext, about = false): DealEvent[] => {
  if (deal.status === 'absent' || deal.ownerId === ownerId || (ownerId === null && !about)) return [];
  const { dealId, ownerId: from } = deal;
  deal.ownerId = ownerId;
  const reason = (about ? said.reason : undefined) ?? 'as the imported log says';
  return [{ type: 'OwnerReassigned', data: { dealId, from, to: ownerId, reason } }];
};

/** A changed amount or expected close that an open deal's row tells. */
export const newTerms = ({ deal, saying: { said }, values }: RowContext): DealEvent[] => {
  if (deal.status !== 'open') return [];
  const amount = values.amount(said);
  const expectedClose = values.expectedClose(said);
  const changed = {
    ...(amount && amount.minor !== deal.amount?.minor && { amount }),
    ...(expectedClose !== undefined && expectedClose !== deal.expectedClose && { expectedClose }),
  };
  if (Object.keys(changed).length === 0) return [];
  Object.assign(deal, changed);
  return [{ type: 'DealValued', data: { dealId: deal.dealId, ...changed } }];
};
