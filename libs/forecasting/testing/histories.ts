import { dayMs, type DomainEvent, type Recorded } from '@funnel/kernel';
import type { DealEvent, FunnelDefinition, FunnelEvent, RepEvent, SalesEvent } from '@funnel/sales';
import { History } from '../history/history.ts';

/** Monday, 5 January 2026, 00:00 UTC, and some days. */
export const day = (days: number): number => Date.UTC(2026, 0, 5) + days * dayMs;

type Told<Event> = readonly [at: number, event: Event];

/** When the event of that revision is recorded. */
export const recordedOn = (revision: number): number => day(1_000 + revision);

/** A made-up id that tells its stream and revision. */
export const eventIdOf = (stream: string, revision: number): string => {
  const digits = [...stream].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const number = revision.toString(16).padStart(12, '0');
  return `${digits.padEnd(20, '0').slice(0, 20)}${number}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
};

/** Events as one stream holds them: recorded in the given order, a day after each other. */
const recorded = <Event extends DomainEvent>(stream: string, told: readonly Told<Event>[]): Recorded<Event>[] =>
  told.map(([at, event], revision) => ({
    ...event,
    id: eventIdOf(stream, revision),
    stream,
    revision,
    position: { commit: BigInt(revision), prepare: BigInt(revision) },
    at,
    recordedAt: recordedOn(revision),
    actor: { user: 'anna', role: 'rep' },
    commandId: `command-${revision}`,
    correlationId: `correlation-${revision}`,
    causationId: `causation-${revision}`,
    version: 1,
  }));

export type Saying = (dealId: string) => DealEvent;
export type DealHistory = readonly Told<Saying>[];

export const ofDeal = (dealId: string, told: DealHistory): Recorded<DealEvent>[] =>
  recorded<DealEvent>(
    `deal-${dealId}`,
    told.map(([at, saying]): Told<DealEvent> => [at, saying(dealId)]),
  );
export const ofFunnel = (told: readonly Told<FunnelEvent>[]): Recorded<FunnelEvent>[] =>
  recorded('funnel-machines', told);
export const ofRep = (repId: string, told: readonly Told<RepEvent>[]): Recorded<RepEvent>[] =>
  recorded(`rep-${repId}`, told);

export const historyOf = (events: readonly Recorded<SalesEvent>[]): History => {
  const history = new History();
  history.addAll(events);
  return history;
};

const stage = (key: string, weight: number): FunnelDefinition['stages'][number] => ({
  ...{ key, label: key, weight, part: 'top', maxDwellDays: null, dwellIn: 'calendar-days', conversionTarget: null },
  ...{ exitCriteria: [], ownerLocked: false, handover: null },
});
export const machines: FunnelDefinition = {
  ...{ funnelId: 'machines', label: 'Machines', currency: 'CNY', nextStepRule: false, nextStepGraceDays: 3 },
  stages: [stage('lead', 0.1), stage('need', 0.4), stage('closing', 0.9)],
};

interface Prospect {
  readonly minor?: number;
  readonly currency?: string;
  readonly ownerId?: string | null;
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
}
export const prospect =
  (at: string, { minor = 100_000, currency = 'CNY', ownerId = 'anna', region, industry }: Prospect = {}): Saying =>
  (dealId) => ({
    type: 'ProspectAdded',
    data: {
      ...{ dealId, title: dealId, customer: { name: dealId, region, industry }, amount: { minor, currency }, ownerId },
      ...{ funnelId: 'machines', stage: at, expectedClose: null },
    },
  });
export const advanced =
  (to: string): Saying =>
  (dealId) => ({ type: 'StageAdvanced', data: { dealId, from: 'lead', to } });
export const worth =
  (minor: number, currency = 'CNY'): Saying =>
  (dealId) => ({ type: 'DealValued', data: { dealId, amount: { minor, currency } } });
export const owned =
  (to: string | null): Saying =>
  (dealId) => ({ type: 'OwnerReassigned', data: { dealId, from: null, to, reason: 'territories' } });
export const weighed =
  (weight: number): Saying =>
  (dealId) => ({ type: 'WeightOverridden', data: { dealId, weight, reason: 'signed' } });
export const unweighed: Saying = (dealId) => ({ type: 'WeightOverrideCleared', data: { dealId } });
export const planned =
  (dueAt: string | null): Saying =>
  (dealId) => ({ type: 'NextStepSet', data: { dealId, step: { action: 'visit', dueAt } } });
export const stepped: Saying = (dealId) => ({ type: 'NextStepCompleted', data: { dealId } });
export const called: Saying = (dealId) => ({ type: 'ContactLogged', data: { dealId, kind: 'call' } });
export const won =
  (minor: number): Saying =>
  (dealId) => ({ type: 'DealWon', data: { dealId, stage: 'closing', amount: { minor, currency: 'CNY' } } });
export const lost: Saying = (dealId) => ({ type: 'DealLost', data: { dealId, stage: 'lead', reason: 'price' } });
export const reopened =
  (at: string): Saying =>
  (dealId) => ({ type: 'DealReopened', data: { dealId, stage: at, reason: 'they called again' } });
