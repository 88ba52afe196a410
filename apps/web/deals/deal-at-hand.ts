import type { Money } from '../language/formats.ts';

/** What of a deal one must know to do something with it; a card of the board knows as much as the deal's page. */
export interface DealAtHand {
  readonly id: string;
  readonly title: string;
  readonly funnelId: string;
  readonly stage: string;
  readonly ownerId: string | null;
  readonly amount: Money;
  readonly expectedClose?: string | null;
  /** What was seen: nothing that another changed meanwhile is overwritten. */
  readonly revision?: number | undefined;
}

/** What every form about a deal is given. */
export interface DealFormProps {
  readonly deal: DealAtHand;
  /** It was done, or given up. */
  readonly onEnd: () => void;
}
