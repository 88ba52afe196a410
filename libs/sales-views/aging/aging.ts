import { projection, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { AgingRow } from './aging-row.ts';

type EventNamed<Type> = Recorded<Extract<DealEvent, { type: Type }>>;

const added = ({ data, at }: EventNamed<'ProspectAdded'>): AgingRow => ({
  dealId: data.dealId,
  title: data.title,
  funnelId: data.funnelId,
  open: true,
  stage: data.stage,
  stageEntry: 1,
  since: at,
  ownerId: data.ownerId,
  amount: data.amount,
  lastContactAt: null,
  nextStepDueAt: null,
});

const entered = (row: AgingRow | null, at: number, stage: string): AgingRow | null =>
  row && { ...row, stage, stageEntry: row.stageEntry + 1, since: at };

const planned = (row: AgingRow | null, dueAt: string | null): AgingRow | null =>
  row && { ...row, nextStepDueAt: dueAt === null ? null : Date.parse(dueAt) };

/**
 * Where every deal stands and since when. A closed deal keeps its row, marked as not open: reopened, it is back with its
 * owner and amount, which no event says again.
 */
export const aging = projection<AgingRow, DealEvent>({
  name: 'aging',
  version: 1,
  streams: ['deal-'],
  keyOf: ({ data }) => data.dealId,
  indexes: [{ open: 1, funnelId: 1, stage: 1, since: 1 }],
  on: {
    ProspectAdded: (row, event) => row ?? added(event),
    DealValued: (row, { data: { amount } }) => (row && amount ? { ...row, amount } : row),
    StageAdvanced: (row, { at, data }) => entered(row, at, data.to),
    StageRegressed: (row, { at, data }) => entered(row, at, data.to),
    NextStepSet: (row, { data }) => planned(row, data.step.dueAt),
    NextStepCompleted: (row) => planned(row, null),
    OwnerReassigned: (row, { data }) => row && { ...row, ownerId: data.to },
    ContactLogged: (row, { at }) => row && { ...row, lastContactAt: Math.max(row.lastContactAt ?? at, at) },
    DealWon: (row, { data }) => row && { ...row, open: false, amount: data.amount },
    DealLost: (row) => row && { ...row, open: false },
    DealReopened: (row, { at, data }) => {
      const back = entered(row, at, data.stage);
      return back && { ...back, open: true };
    },
  },
});
