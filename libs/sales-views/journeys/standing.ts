import type { DealStatus } from '../deals/deal-row.ts';
import type { Fact, FactKind, Journey } from './journey.ts';

/** A deal as it stood at one instant. Instants are milliseconds since 1970. */
export interface Standing {
  readonly status: DealStatus;
  readonly stage: string;
  /** Which visit to a stage this is in the deal's life, from 1. */
  readonly stageEntry: number;
  readonly since: number;
  readonly closedAt: number | null;
  /** Who owned it when it was closed. */
  readonly closedBy: string | null;
  readonly minor: number;
  readonly currency: string;
  readonly ownerId: string | null;
  /** Decimal 0..1; `null` where the stage decides. */
  readonly weightOverride: number | null;
  /** Set and not completed; whether it has lapsed since is the funnel's rule to say. */
  readonly nextStepOpen: boolean;
  /** When the open next step is due; `null` without one, or where it has no date. */
  readonly nextStepDueAt: number | null;
  readonly expectedClose: string | null;
  readonly lastContactAt: number | null;
  readonly lostReason: string | null;
  /** Business time of its newest fact. */
  readonly changedAt: number;
}
/** While it is being folded. */
export type Draft = { -readonly [Field in keyof Standing]: Standing[Field] };

export const blank = (journey: Journey): Draft => ({
  status: 'open',
  stage: '',
  stageEntry: 0,
  since: journey.addedAt,
  closedAt: null,
  closedBy: null,
  minor: 0,
  currency: journey.currency,
  ownerId: null,
  weightOverride: null,
  nextStepOpen: false,
  nextStepDueAt: null,
  expectedClose: null,
  lastContactAt: null,
  lostReason: null,
  changedAt: journey.addedAt,
});

const enter = (draft: Draft, stage: string, at: number): void => {
  draft.stage = stage;
  draft.since = at;
  draft.stageEntry += 1;
};

const value = (draft: Draft, minor: number, currency: string): void => {
  draft.minor = minor;
  draft.currency = currency;
};

type FactOf<Kind extends FactKind> = Fact & { readonly k: Kind };

const close = (draft: Draft, fact: FactOf<'won' | 'lost'>): void => {
  draft.status = fact.k;
  draft.closedAt = fact.t;
  draft.closedBy = draft.ownerId;
  draft.lostReason = fact.k === 'lost' ? fact.why : null;
};

const reopen = (draft: Draft): void => {
  draft.status = 'open';
  draft.closedAt = null;
  draft.closedBy = null;
  draft.lostReason = null;
};

const plan = (draft: Draft, open: boolean, dueAt: number | null): void => {
  draft.nextStepOpen = open;
  draft.nextStepDueAt = dueAt;
};

const add = (draft: Draft, fact: FactOf<'added'>): void => {
  enter(draft, fact.s, fact.t);
  draft.minor = fact.m;
  draft.ownerId = fact.o;
  draft.expectedClose = fact.x;
};

const revalue = (draft: Draft, fact: FactOf<'valued'>, journey: Journey): void => {
  if (fact.m !== undefined) value(draft, fact.m, fact.c ?? journey.currency);
  if (fact.x !== undefined) draft.expectedClose = fact.x;
};

const follow = (draft: Draft, fact: Fact, journey: Journey): void => {
  switch (fact.k) {
    case 'contacted':
      draft.lastContactAt = fact.t;
      return;
    case 'planned':
      return plan(draft, true, fact.d);
    case 'stepped':
      return plan(draft, false, null);
    case 'added':
      return add(draft, fact);
    case 'advanced':
    case 'regressed':
      return enter(draft, fact.s, fact.t);
    case 'reopened':
      reopen(draft);
      return enter(draft, fact.s, fact.t);
    case 'valued':
      return revalue(draft, fact, journey);
    case 'owned':
      draft.ownerId = fact.o;
      return;
    case 'weighed':
      draft.weightOverride = fact.w;
      return;
    case 'won':
      close(draft, fact);
      return value(draft, fact.m, fact.c ?? journey.currency);
    case 'lost':
      return close(draft, fact);
    case 'met':
    case 'unmet':
      return;
  }
};

/** Takes one more fact into a standing, in place. */
export const fold = (draft: Draft, fact: Fact, journey: Journey): void => {
  follow(draft, fact, journey);
  if (fact.t > draft.changedAt) draft.changedAt = fact.t;
};

/** How the deal stood at an instant (that instant included); `null` before it was added. */
export const standingAt = (journey: Journey, at: number): Standing | null => {
  if (journey.addedAt > at) return null;
  const draft = blank(journey);
  for (const fact of journey.facts) {
    if (fact.t > at) break;
    fold(draft, fact, journey);
  }
  return draft;
};
