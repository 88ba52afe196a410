import type { Dated } from '@funnel/kernel';
import type { DealEvent } from './deal.events.ts';
import type { Deal, Facet, KnownDeal, OpenDeal } from './deal.state.ts';

type DatedDealEvent = Dated<DealEvent>;
type Added = Extract<DatedDealEvent, { type: 'ProspectAdded' }>;
type Judged = Extract<DatedDealEvent, { type: 'CriterionMet' | 'CriterionWithdrawn' }>;

/** The facets that an event changes. A win says the amount too. */
export const facetsOf: Readonly<Record<DealEvent['type'], readonly Facet[]>> = {
  ProspectAdded: ['stage', 'owner', 'value', 'weight', 'next-step'],
  DealValued: ['value'],
  StageAdvanced: ['stage'],
  StageRegressed: ['stage'],
  CriterionMet: [],
  CriterionWithdrawn: [],
  NextStepSet: ['next-step'],
  NextStepCompleted: ['next-step'],
  OwnerReassigned: ['owner'],
  ContactLogged: [],
  WeightOverridden: ['weight'],
  WeightOverrideCleared: ['weight'],
  DealWon: ['stage', 'value'],
  DealLost: ['stage'],
  DealReopened: ['stage'],
};

/** The facets that a closed deal keeps as they are. */
export const facetsOfOpenDeals: readonly Facet[] = ['stage', 'owner', 'value', 'weight'];

/** What a closed deal does not take. Moves and endings are not here: they never come before a later one of their kind. */
export const happensToOpenDeals: ReadonlySet<DealEvent['type']> = new Set([
  'DealValued',
  'CriterionMet',
  'CriterionWithdrawn',
  'OwnerReassigned',
  'WeightOverridden',
  'WeightOverrideCleared',
]);

const added = ({ data, at }: Added): OpenDeal => ({
  status: 'open',
  dealId: data.dealId,
  title: data.title,
  funnelId: data.funnelId,
  addedAt: at,
  stage: data.stage,
  stageEntry: 1,
  since: at,
  amount: data.amount,
  expectedClose: data.expectedClose,
  ownerId: data.ownerId,
  criteria: [],
  nextStep: null,
  weightOverride: null,
  contact: null,
  changed: { stage: at, owner: at, value: at, weight: at, 'next-step': at },
  criteriaChanged: new Map(),
  closures: [],
});

const entered = <D extends KnownDeal>(deal: D, stage: string, since: number): D => ({
  ...deal,
  stage,
  stageEntry: deal.stageEntry + 1,
  since,
});

const reopened = (deal: KnownDeal, stage: string, at: number): OpenDeal => {
  const { closedAt, ...facts } = { closedAt: at, ...deal };
  const closures = [...deal.closures, { from: closedAt, until: at }];
  return entered({ ...facts, closures, status: 'open' }, stage, at);
};

const judged = (deal: KnownDeal, { type, data: { criterion }, at }: Judged): KnownDeal => {
  const others = deal.criteria.filter((key) => key !== criterion);
  const latest = Math.max(deal.criteriaChanged.get(criterion) ?? at, at);
  return {
    ...deal,
    criteria: type === 'CriterionMet' ? [...others, criterion] : others,
    criteriaChanged: new Map([...deal.criteriaChanged, [criterion, latest]]),
  };
};

const changedBy = (deal: KnownDeal, event: DatedDealEvent): KnownDeal => {
  const { type, data, at } = event;
  switch (type) {
    case 'ProspectAdded':
      return deal;
    case 'DealValued':
      return {
        ...deal,
        amount: data.amount ?? deal.amount,
        expectedClose: data.expectedClose === undefined ? deal.expectedClose : data.expectedClose,
      };
    case 'StageAdvanced':
    case 'StageRegressed':
      return entered(deal, data.to, at);
    case 'CriterionMet':
    case 'CriterionWithdrawn':
      return judged(deal, event);
    case 'NextStepSet':
      return { ...deal, nextStep: data.step };
    case 'NextStepCompleted':
      return { ...deal, nextStep: null };
    case 'OwnerReassigned':
      return { ...deal, ownerId: data.to };
    case 'ContactLogged':
      return { ...deal, contact: { at, kind: data.kind, note: data.note, people: data.people } };
    case 'WeightOverridden':
      return { ...deal, weightOverride: { weight: data.weight, reason: data.reason } };
    case 'WeightOverrideCleared':
      return { ...deal, weightOverride: null };
    case 'DealWon':
      return { ...deal, status: 'won', amount: data.amount, closedAt: at };
    case 'DealLost':
      return { ...deal, status: 'lost', closedAt: at };
    case 'DealReopened':
      return reopened(deal, data.stage, at);
  }
};

const touched = (deal: KnownDeal, facets: readonly Facet[], at: number): KnownDeal => {
  const changed = { ...deal.changed };
  for (const facet of facets) changed[facet] = Math.max(changed[facet], at);
  return { ...deal, changed };
};

/**
 * The deal after one more recorded fact. Takes facts in any order, since importers record what happened without asking
 * the rules: what is told of a deal that was never added is passed over, and so is a second beginning.
 */
export const evolve = (deal: Deal, event: DatedDealEvent): Deal => {
  if (deal.status === 'absent') return event.type === 'ProspectAdded' ? added(event) : deal;
  if (event.type === 'ProspectAdded') return deal;
  return touched(changedBy(deal, event), facetsOf[event.type], event.at);
};
