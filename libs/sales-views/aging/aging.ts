import { projection, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { AgingRow } from './aging-row.ts';

type EventNamed<Type> = Recorded<Extract<DealEvent, { type: Type }>>;

const added = ({ data, at, revision }: EventNamed<'ProspectAdded'>): AgingRow => ({
  dealId: data.dealId,
  title: data.title,
  customer: data.customer.name,
  funnelId: data.funnelId,
  open: true,
  stage: data.stage,
  stageEntry: 1,
  since: at,
  ownerId: data.ownerId,
  amount: data.amount,
  lastContactAt: null,
  nextStepDueAt: null,
  nextStepOpen: false,
  weightOverride: null,
  revision,
});

/** The row with what an event changed of it, and the mark that every event leaves. */
const changed = (row: AgingRow | null, { revision }: Recorded, change: Partial<AgingRow> = {}): AgingRow | null =>
  row && { ...row, ...change, revision };

const entered = (row: AgingRow | null, event: Recorded, stage: string): AgingRow | null =>
  changed(row, event, { stage, stageEntry: (row?.stageEntry ?? 0) + 1, since: event.at });

/**
 * Where every deal stands and since when. A closed deal keeps its row, marked as not open: reopened, it is back with its
 * owner and amount, which no event says again.
 */
export const aging = projection<AgingRow, DealEvent>({
  name: 'aging',
  version: 2,
  streams: ['deal-'],
  keyOf: ({ data }) => data.dealId,
  indexes: [{ open: 1, funnelId: 1, stage: 1, since: 1 }],
  heldByReaders: true,
  on: {
    ProspectAdded: (row, event) => row ?? added(event),
    DealValued: (row, event) => changed(row, event, event.data.amount && { amount: event.data.amount }),
    StageAdvanced: (row, event) => entered(row, event, event.data.to),
    StageRegressed: (row, event) => entered(row, event, event.data.to),
    CriterionMet: (row, event) => changed(row, event),
    CriterionWithdrawn: (row, event) => changed(row, event),
    NextStepSet: (row, event) => {
      const { dueAt } = event.data.step;
      return changed(row, event, { nextStepOpen: true, nextStepDueAt: dueAt === null ? null : Date.parse(dueAt) });
    },
    NextStepCompleted: (row, event) => changed(row, event, { nextStepOpen: false, nextStepDueAt: null }),
    OwnerReassigned: (row, event) => changed(row, event, { ownerId: event.data.to }),
    ContactLogged: (row, event) =>
      changed(row, event, { lastContactAt: Math.max(row?.lastContactAt ?? event.at, event.at) }),
    WeightOverridden: (row, event) => changed(row, event, { weightOverride: event.data.weight }),
    WeightOverrideCleared: (row, event) => changed(row, event, { weightOverride: null }),
    DealWon: (row, event) => changed(row, event, { open: false, amount: event.data.amount }),
    DealLost: (row, event) => changed(row, event, { open: false }),
    DealReopened: (row, event) => changed(entered(row, event, event.data.stage), event, { open: true }),
  },
});
