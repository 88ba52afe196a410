import { parseInstant, wholeWeight, type Money, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import { aspects, everyAspect } from './columns.ts';
import { noStep, type Dues } from './dues.ts';
import type { Names } from './names.ts';
import { status } from './rows.ts';

/**
 * What one event tells of a deal, as far as a forecast depends on it; `changed` says which of it was told, the rest says
 * nothing.
 */
export interface Change {
  readonly changed: number;
  readonly stage: number;
  readonly status: number;
  readonly owner: number;
  readonly currency: number;
  readonly minor: number;
  /** A weight of its own, in 1/10,000, or -1 where that is taken back. */
  readonly weight: number | undefined;
  /** The code of when the next step is due. */
  readonly due: number;
}

// All changes are made from this one: whoever writes them into columns meets objects of one shape only.
const unchanged: Change = {
  ...{ changed: 0, stage: 0, status: 0, owner: 0, currency: 0 },
  ...{ minor: 0, weight: undefined, due: noStep },
};

export interface Codes {
  readonly stages: Names;
  readonly currencies: Names;
  readonly owners: Names<string | null>;
  readonly dues: Dues;
}

type EventNamed<Type> = Extract<DealEvent, { type: Type }>;

const worth = ({ currencies }: Codes, { minor, currency }: Money) => ({ minor, currency: currencies.code(currency) });

/** How a deal begins. */
export const beginning = (codes: Codes, { data }: EventNamed<'ProspectAdded'>): Change => ({
  ...unchanged,
  changed: everyAspect,
  stage: codes.stages.code(data.stage),
  status: status.open,
  owner: codes.owners.code(data.ownerId),
  ...worth(codes, data.amount),
});

const dueOf = ({ dues }: Codes, { data }: EventNamed<'NextStepSet'>): number =>
  dues.code(data.step.dueAt === null ? Infinity : (parseInstant(data.step.dueAt) ?? Infinity));

/** Nothing for contacts, criteria and the like, nor for a second beginning. */
export const changeOf = (codes: Codes, event: Recorded<DealEvent>): Change | undefined => {
  switch (event.type) {
    case 'StageAdvanced':
    case 'StageRegressed':
      return { ...unchanged, changed: aspects.stage, stage: codes.stages.code(event.data.to) };
    case 'DealReopened':
      return {
        ...unchanged,
        changed: aspects.stage | aspects.status,
        stage: codes.stages.code(event.data.stage),
        status: status.open,
      };
    case 'DealValued':
      return event.data.amount && { ...unchanged, changed: aspects.worth, ...worth(codes, event.data.amount) };
    case 'OwnerReassigned':
      return { ...unchanged, changed: aspects.owner, owner: codes.owners.code(event.data.to) };
    case 'DealWon':
      return {
        ...unchanged,
        ...{ changed: aspects.status | aspects.worth, status: status.won },
        ...worth(codes, event.data.amount),
      };
    case 'DealLost':
      return { ...unchanged, changed: aspects.status, status: status.lost };
    default:
      return weighing(codes, event);
  }
};

/** What changes how much an amount weighs. */
const weighing = (codes: Codes, event: Recorded<DealEvent>): Change | undefined => {
  switch (event.type) {
    case 'NextStepSet':
      return { ...unchanged, changed: aspects.step, due: dueOf(codes, event) };
    case 'NextStepCompleted':
      return { ...unchanged, changed: aspects.step, due: noStep };
    case 'WeightOverridden':
      return { ...unchanged, weight: Math.round(event.data.weight * wholeWeight) };
    case 'WeightOverrideCleared':
      return { ...unchanged, weight: -1 };
    default:
      return undefined;
  }
};
