import type { Money } from '@funnel/kernel';
import type { ContactKind, NextStep } from './deal.events.ts';

/** What changes of a deal are dated by: within one facet they are told in the order they happened. */
export type Facet = 'stage' | 'owner' | 'value' | 'weight' | 'next-step';

/** A time during which the deal was closed; the instant of its reopening is no longer part of it. */
export interface Closure {
  readonly from: number;
  readonly until: number;
}

interface Contact {
  readonly at: number;
  readonly kind: ContactKind;
  readonly note?: string | undefined;
  readonly people?: readonly string[] | undefined;
}

/** What holds of a deal in any status. Instants in milliseconds since 1970. */
interface DealFacts {
  readonly dealId: string;
  readonly title: string;
  readonly funnelId: string;
  readonly addedAt: number;
  /** Where it stands; for a closed deal, where it stood. */
  readonly stage: string;
  /** Which visit to a stage this is in the deal's life, from 1; reopening begins a new one. */
  readonly stageEntry: number;
  /** When this visit began. */
  readonly since: number;
  /** In the funnel's currency. */
  readonly amount: Money;
  readonly expectedClose: string | null;
  readonly ownerId: string | null;
  /** Keys of the criteria that are met, over all stages. */
  readonly criteria: readonly string[];
  /** The open next step. */
  readonly nextStep: NextStep | null;
  /** A decimal, 0..1, with its reason. */
  readonly weightOverride: { readonly weight: number; readonly reason: string } | null;
  /** The contact recorded last. */
  readonly contact: Contact | null;
  /** Business time of the latest change of each facet. */
  readonly changed: Readonly<Record<Facet, number>>;
  /** The same of each criterion that was ever met or withdrawn, by its key. */
  readonly criteriaChanged: ReadonlyMap<string, number>;
  /** When it was closed and reopened since. */
  readonly closures: readonly Closure[];
}

export type OpenDeal = DealFacts & { readonly status: 'open' };
export type ClosedDeal = DealFacts & { readonly status: 'won' | 'lost'; readonly closedAt: number };
export type KnownDeal = OpenDeal | ClosedDeal;
export type Deal = { readonly status: 'absent' } | KnownDeal;
