import type { Actor, Money } from '@funnel/kernel';
import type { Amount, AmountNegative, CurrencyMismatch } from '../amount.ts';
import type { Dating, OccurredBeforeLatestChange, OccurredInFuture } from '../dating.ts';
import type { FunnelDefinition } from '../funnel/funnel.events.ts';
import type { Conversion } from '../shapes.ts';
import type { ContactKind, Customer, NextStep } from './deal.events.ts';
import type { Facet } from './deal.state.ts';

/** What every command about a deal says: which, when, and who speaks. */
interface Said extends Dating {
  readonly dealId: string;
  readonly actor: Actor;
}
/** A manager's word that a rule does not count this once. */
export interface Override {
  readonly reason: string;
}
/** The version of the deal's funnel in force at `at`. */
interface InFunnel {
  readonly funnel: FunnelDefinition;
}

export interface AddProspect extends Said, InFunnel, Amount {
  readonly type: 'AddProspect';
  readonly title: string;
  readonly customer: Customer;
  /** The funnel's first stage when absent. */
  readonly stage?: string | undefined;
  readonly ownerId: string | null;
  /** A calendar date. */
  readonly expectedClose: string | null;
  readonly source?: string | undefined;
}
/** What is absent stays as it is; an `expectedClose` of `null` clears it. */
export interface ValueDeal extends Said {
  readonly type: 'ValueDeal';
  readonly amount?: Money | undefined;
  readonly conversion?: Conversion | undefined;
  readonly expectedClose?: string | null | undefined;
}
export interface AdvanceStage extends Said, InFunnel {
  readonly type: 'AdvanceStage';
  readonly to: string;
  readonly reason?: string | undefined;
  readonly override?: Override | undefined;
}
export interface RegressStage extends Said, InFunnel {
  readonly type: 'RegressStage';
  readonly to: string;
  readonly reason?: string | undefined;
}
export interface MeetCriterion extends Said, InFunnel {
  readonly type: 'MeetCriterion';
  readonly criterion: string;
}
export interface WithdrawCriterion extends Said, InFunnel {
  readonly type: 'WithdrawCriterion';
  readonly criterion: string;
}
export interface SetNextStep extends Said {
  readonly type: 'SetNextStep';
  readonly step: NextStep;
}
export interface CompleteNextStep extends Said {
  readonly type: 'CompleteNextStep';
  readonly outcome?: string | undefined;
}
export interface ReassignOwner extends Said, InFunnel {
  readonly type: 'ReassignOwner';
  readonly to: string | null;
  readonly reason: string;
  readonly override?: Override | undefined;
}
export interface LogContact extends Said {
  readonly type: 'LogContact';
  readonly kind: ContactKind;
  readonly note?: string | undefined;
  readonly people?: string[] | undefined;
}
export interface OverrideWeight extends Said {
  readonly type: 'OverrideWeight';
  /** A decimal, 0..1, at most four places. */
  readonly weight: number;
  readonly reason: string;
}
export interface ClearWeightOverride extends Said {
  readonly type: 'ClearWeightOverride';
}
export interface WinDeal extends Said {
  readonly type: 'WinDeal';
  /** What was really sold; the amount of the deal when absent. */
  readonly amount?: Money | undefined;
  readonly conversion?: Conversion | undefined;
}
export interface LoseDeal extends Said {
  readonly type: 'LoseDeal';
  readonly reason: string;
  readonly competitor?: string | undefined;
}
export interface ReopenDeal extends Said {
  readonly type: 'ReopenDeal';
  readonly reason: string;
}

export type DealCommand =
  | AddProspect
  | ValueDeal
  | AdvanceStage
  | RegressStage
  | MeetCriterion
  | WithdrawCriterion
  | SetNextStep
  | CompleteNextStep
  | ReassignOwner
  | LogContact
  | OverrideWeight
  | ClearWeightOverride
  | WinDeal
  | LoseDeal
  | ReopenDeal;

/** Why a command about a deal is refused. Instants are ISO 8601. */
export type DealRejection =
  | { readonly code: 'deal-absent' }
  | { readonly code: 'deal-exists' }
  | { readonly code: 'deal-not-open'; readonly status: 'won' | 'lost' }
  | { readonly code: 'deal-not-closed' }
  | { readonly code: 'stage-unknown'; readonly stage: string; readonly stages: readonly string[] }
  | { readonly code: 'stage-not-ahead'; readonly from: string; readonly to: string }
  | { readonly code: 'stage-not-behind'; readonly from: string; readonly to: string }
  | { readonly code: 'criteria-unmet'; readonly unmet: readonly string[] }
  | { readonly code: 'criterion-unknown'; readonly criterion: string }
  | { readonly code: 'override-not-permitted' }
  | { readonly code: 'owner-locked'; readonly stage: string }
  | { readonly code: 'no-open-next-step' }
  | { readonly code: 'next-step-due-in-past'; readonly dueAt: string }
  | { readonly code: 'occurred-before-added'; readonly addedAt: string }
  | { readonly code: 'occurred-while-closed'; readonly from: string; readonly until: string }
  | AmountNegative
  | CurrencyMismatch
  | OccurredInFuture
  | OccurredBeforeLatestChange<Facet | 'criterion'>;
