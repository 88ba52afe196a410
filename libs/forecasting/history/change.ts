import { parseInstant, wholeWeight, type Money, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import { aspects, everyAspect, type Columns } from './columns.ts';
import type { Names } from './names.ts';
import { status } from './rows.ts';

/** What one event tells of a deal, as far as a forecast depends on it; `changed` says which of it was told. */
export interface Change {
  readonly changed: number;
  readonly stage?: number;
  readonly status?: number;
  readonly owner?: number;
  readonly currency?: number;
  readonly minor?: number;
  /** -1: the stage decides. */
  readonly weight?: number;
  /** Infinity: a next step without a date; -Infinity: no next step. */
  readonly due?: number;
}

export interface Codes {
  readonly stages: Names;
  readonly currencies: Names;
  readonly owners: Names<string | null>;
}

type EventNamed<Type> = Extract<DealEvent, { type: Type }>;

const worth = ({ currencies }: Codes, { minor, currency }: Money) => ({ minor, currency: currencies.code(currency) });

/** How a deal begins. */
export const beginning = (codes: Codes, { data }: EventNamed<'ProspectAdded'>): Change => ({
  changed: everyAspect,
  stage: codes.stages.code(data.stage),
  status: status.open,
  owner: codes.owners.code(data.ownerId),
  ...worth(codes, data.amount),
  weight: -1,
  due: -Infinity,
});

const dueOf = ({ data }: EventNamed<'NextStepSet'>): number =>
  data.step.dueAt === null ? Infinity : (parseInstant(data.step.dueAt) ?? Infinity);

/** Nothing for contacts, criteria and the like, nor for a second beginning. */
export const changeOf = (codes: Codes, event: Recorded<DealEvent>): Change | undefined => {
  switch (event.type) {
    case 'StageAdvanced':
    case 'StageRegressed':
      return { changed: aspects.stage, stage: codes.stages.code(event.data.to) };
    case 'DealReopened':
      return {
        changed: aspects.stage | aspects.status,
        stage: codes.stages.code(event.data.stage),
        status: status.open,
      };
    case 'DealValued':
      return event.data.amount && { changed: aspects.worth, ...worth(codes, event.data.amount) };
    case 'OwnerReassigned':
      return { changed: aspects.owner, owner: codes.owners.code(event.data.to) };
    case 'DealWon':
      return { changed: aspects.status | aspects.worth, status: status.won, ...worth(codes, event.data.amount) };
    case 'DealLost':
      return { changed: aspects.status, status: status.lost };
    default:
      return weighing(event);
  }
};

/** What changes how much an amount weighs. */
const weighing = (event: Recorded<DealEvent>): Change | undefined => {
  switch (event.type) {
    case 'NextStepSet':
      return { changed: aspects.step, due: dueOf(event) };
    case 'NextStepCompleted':
      return { changed: aspects.step, due: -Infinity };
    case 'WeightOverridden':
      return { changed: aspects.weight, weight: Math.round(event.data.weight * wholeWeight) };
    case 'WeightOverrideCleared':
      return { changed: aspects.weight, weight: -1 };
    default:
      return undefined;
  }
};

/** Writes into a row what was told; the rest is left to {@link carryOn}. */
export const writeChange = (columns: Columns, row: number, change: Change): void => {
  columns.changed[row] = change.changed;
  columns.stage[row] = change.stage ?? 0;
  columns.status[row] = change.status ?? 0;
  columns.owner[row] = change.owner ?? 0;
  columns.currency[row] = change.currency ?? 0;
  columns.minor[row] = change.minor ?? 0;
  columns.weight[row] = change.weight ?? -1;
  columns.due[row] = change.due ?? -Infinity;
};
