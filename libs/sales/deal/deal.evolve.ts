import type { Dated } from '@funnel/kernel';
import type { DealEvent } from './deal.events.ts';
import type { Deal, Facet, KnownDeal, OpenDeal } from './deal.state.ts';

type DatedDealEvent = Dated<DealEvent>;
type Added = Extract<DatedDealEvent, { type: 'ProspectAdded' }>;

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
});

const entered = <D extends KnownDeal>(deal: D, stage: string, since: number): D => ({
  ...deal,
  stage,
  stageEntry: deal.stageEntry + 1,
  since,
});

const reopened = (deal: KnownDeal, stage: string, at: number): OpenDeal => {
  const { closedAt: _, ...facts } = { closedAt: at, ...deal };
  return entered({ ...facts, status: 'open' }, stage, at);
};

const met = (deal: KnownDeal, criterion: string): KnownDeal =>
  deal.criteria.includes(criterion) ? deal : { ...deal, criteria: [...deal.criteria, criterion] };

const changedBy = (deal: KnownDeal, { type, data, at }: DatedDealEvent): KnownDeal => {
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
      return met(deal, data.criterion);
    case 'CriterionWithdrawn':
      return { ...deal, criteria: deal.criteria.filter((criterion) => criterion !== data.criterion) };
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
