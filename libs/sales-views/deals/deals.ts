import { dayMs, projection, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { DealRow } from './deal-row.ts';
import { searchedWords } from './search.ts';

type EventNamed<Type> = Recorded<Extract<DealEvent, { type: Type }>>;

const notLost = { lostReason: null, competitor: null } as const;

const added = ({ data, at, revision }: EventNamed<'ProspectAdded'>): DealRow => ({
  dealId: data.dealId,
  title: data.title,
  customer: data.customer,
  funnelId: data.funnelId,
  stage: data.stage,
  stageEntry: 1,
  since: at,
  status: 'open',
  amount: data.amount,
  conversion: data.conversion ?? null,
  ownerId: data.ownerId,
  expectedClose: data.expectedClose,
  pushes: { count: 0, days: 0 },
  nextStep: null,
  nextStepStanding: 'none',
  weightOverride: null,
  criteria: [],
  addedAt: at,
  closedAt: null,
  lastContactAt: null,
  contacts: 0,
  ...notLost,
  source: data.source ?? null,
  revision,
  changedAt: at,
  words: searchedWords(data),
});

/** The row with what an event changed of it, and the marks that every event leaves. */
const changed = (row: DealRow | null, event: Recorded, change: (row: DealRow) => Partial<DealRow>): DealRow | null =>
  row && { ...row, ...change(row), revision: event.revision, changedAt: Math.max(row.changedAt, event.at) };

const entered = (row: DealRow | null, event: Recorded, stage: string): DealRow | null =>
  changed(row, event, ({ stageEntry }) => ({ stage, stageEntry: stageEntry + 1, since: event.at }));

const pushed = ({ expectedClose, pushes }: DealRow, to: string | null): DealRow['pushes'] => {
  if (expectedClose === null || to === null || to <= expectedClose) return pushes;
  const days = (Date.parse(to) - Date.parse(expectedClose)) / dayMs;
  return { count: pushes.count + 1, days: pushes.days + days };
};

const valued = (row: DealRow, { amount, conversion, expectedClose }: EventNamed<'DealValued'>['data']) => ({
  ...(amount && { amount, conversion: conversion ?? null }),
  ...(expectedClose !== undefined && { expectedClose, pushes: pushed(row, expectedClose) }),
});

/** Winning a deal for what it stood at tells nothing new of how that was converted. */
const sold = (row: DealRow, { amount, conversion }: EventNamed<'DealWon'>['data']) => ({
  amount,
  conversion: conversion ?? (amount.minor === row.amount.minor ? row.conversion : null),
});

const planned = ({ data, at }: EventNamed<'NextStepSet'>): Partial<DealRow> => {
  const dueAt = data.step.dueAt === null ? null : Date.parse(data.step.dueAt);
  const nextStep = { ...data.step, dueAt, setAt: at, completedAt: null, outcome: null };
  return { nextStep, nextStepStanding: 'open' };
};

const stepped = (row: DealRow, { data, at }: EventNamed<'NextStepCompleted'>): Partial<DealRow> => ({
  nextStep: row.nextStep && { ...row.nextStep, completedAt: at, outcome: data.outcome ?? null },
  nextStepStanding: 'completed',
});

/** Every deal as it stands now. */
export const deals = projection<DealRow, DealEvent>({
  name: 'deals',
  version: 2,
  streams: ['deal-'],
  keyOf: ({ data }) => data.dealId,
  indexes: [
    { ownerId: 1, status: 1 },
    { funnelId: 1, stage: 1, status: 1 },
    // Each order of the list, of all deals and of those of one status: sorting them all would keep everybody waiting.
    { changedAt: -1, _id: 1 },
    { 'amount.minor': -1, _id: 1 },
    { since: 1, _id: 1 },
    { expectedClose: 1, _id: 1 },
    { status: 1, changedAt: -1, _id: 1 },
    { status: 1, 'amount.minor': -1, _id: 1 },
    { status: 1, since: 1, _id: 1 },
    { status: 1, expectedClose: 1, _id: 1 },
    { addedAt: 1, _id: 1 },
    { 'customer.name': 1 },
    { words: 1 },
  ],
  on: {
    ProspectAdded: (row, event) => row ?? added(event),
    DealValued: (row, event) => changed(row, event, (deal) => valued(deal, event.data)),
    StageAdvanced: (row, event) => entered(row, event, event.data.to),
    StageRegressed: (row, event) => entered(row, event, event.data.to),
    CriterionMet: (row, event) =>
      changed(row, event, ({ criteria }) => ({ criteria: [...new Set([...criteria, event.data.criterion])] })),
    CriterionWithdrawn: (row, event) =>
      changed(row, event, ({ criteria }) => ({ criteria: criteria.filter((key) => key !== event.data.criterion) })),
    NextStepSet: (row, event) => changed(row, event, () => planned(event)),
    NextStepCompleted: (row, event) => changed(row, event, (deal) => stepped(deal, event)),
    OwnerReassigned: (row, event) => changed(row, event, () => ({ ownerId: event.data.to })),
    ContactLogged: (row, event) =>
      changed(row, event, ({ contacts, lastContactAt }) => ({
        contacts: contacts + 1,
        // A contact may be written down long after it happened.
        lastContactAt: Math.max(lastContactAt ?? event.at, event.at),
      })),
    WeightOverridden: (row, event) => changed(row, event, () => ({ weightOverride: event.data.weight })),
    WeightOverrideCleared: (row, event) => changed(row, event, () => ({ weightOverride: null })),
    DealWon: (row, event) =>
      changed(row, event, (deal) => ({ status: 'won', closedAt: event.at, ...sold(deal, event.data), ...notLost })),
    DealLost: (row, event) => {
      const { reason, competitor = null } = event.data;
      return changed(row, event, () => ({ status: 'lost', closedAt: event.at, lostReason: reason, competitor }));
    },
    DealReopened: (row, event) =>
      changed(entered(row, event, event.data.stage), event, () => ({
        status: 'open',
        closedAt: null,
        ...notLost,
      })),
  },
});
