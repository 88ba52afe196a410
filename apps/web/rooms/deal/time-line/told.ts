import { asItHappened, type HistoryLine } from '../../../deals/history.ts';
import type { Money } from '../../../language/formats.ts';

/** What an event is about, for choosing among them. */
export const kinds = ['stage', 'value', 'next-step', 'contact', 'owner', 'weight', 'criteria'] as const;
export type Kind = (typeof kinds)[number];

const kindOf: Readonly<Record<string, Kind>> = {
  ProspectAdded: 'stage',
  StageAdvanced: 'stage',
  StageRegressed: 'stage',
  DealWon: 'stage',
  DealLost: 'stage',
  DealReopened: 'stage',
  DealValued: 'value',
  NextStepSet: 'next-step',
  NextStepCompleted: 'next-step',
  NextStepLapsed: 'next-step',
  ContactLogged: 'contact',
  QuoteIssued: 'contact',
  OwnerReassigned: 'owner',
  WeightOverridden: 'weight',
  WeightOverrideCleared: 'weight',
  CriterionMet: 'criteria',
  CriterionWithdrawn: 'criteria',
};

/** What held before an event, where the event itself says only what holds after it. */
export interface Before {
  readonly amount: Money | undefined;
  readonly expectedClose: string | null | undefined;
  readonly weight: number | undefined;
  readonly action: string | undefined;
}

/** An event with what must be known to tell it. */
export interface Told extends HistoryLine {
  readonly kind: Kind | undefined;
  readonly before: Before;
  /** Whether it was written down well after it happened. */
  readonly isLate: boolean;
}

/** What was recorded within so many milliseconds counts as recorded at once. */
const atOnceMs = 60_000;

const after = (before: Before, { type, data }: HistoryLine): Before => ({
  amount: (data['amount'] as Money | undefined) ?? before.amount,
  expectedClose: data['expectedClose'] === undefined ? before.expectedClose : (data['expectedClose'] as string | null),
  weight: type === 'WeightOverrideCleared' ? undefined : ((data['weight'] as number | undefined) ?? before.weight),
  action: type === 'NextStepSet' ? (data['step'] as { action: string }).action : before.action,
});

/** A deal's life in the order it happened, each event with what held before it. */
export const told = (history: readonly HistoryLine[]): Told[] => {
  let before: Before = { amount: undefined, expectedClose: undefined, weight: undefined, action: undefined };
  return asItHappened(history).map((line) => {
    const isLate = Date.parse(line.recordedAt) - Date.parse(line.occurredAt) > atOnceMs;
    const entry = { ...line, kind: kindOf[line.type], before, isLate };
    before = after(before, line);
    return entry;
  });
};
