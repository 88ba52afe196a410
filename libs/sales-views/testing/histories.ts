import { dayMs, reduce, type DomainEvent, type Projection, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';

/** Monday, 5 January 2026, 00:00 UTC, and some days. */
export const day = (days: number): number => Date.UTC(2026, 0, 5) + days * dayMs;

/** Events as one stream holds them: recorded in the given order, a minute after each other. */
export const recorded = <Event extends DomainEvent>(
  stream: string,
  told: readonly (readonly [at: number, event: Event])[],
): Recorded<Event>[] =>
  told.map(([at, event], revision) => ({
    ...event,
    id: `${stream}@${revision}`,
    stream,
    revision,
    position: { commit: BigInt(revision), prepare: BigInt(revision) },
    at,
    recordedAt: day(1_000) + revision * 60_000,
    actor: { user: 'anna', role: 'rep' },
    commandId: `command-${revision}`,
    correlationId: `correlation-${revision}`,
    causationId: `causation-${revision}`,
    version: 1,
  }));

/** The rows of a view after all these events, by key. */
export const rowsOf = <Row extends object, Event extends DomainEvent>(
  view: Projection<Row, Event>,
  events: readonly Recorded<Event>[],
): Map<string, Row> => {
  const rows = new Map<string, Row>();
  for (const event of events) {
    const key = view.keyOf(event);
    const row = reduce(view, rows.get(key) ?? null, event);
    if (row) rows.set(key, row);
    else rows.delete(key);
  }
  return rows;
};

/** An event that still lacks its deal. */
export type Saying = (dealId: string) => DealEvent;
export const ofDeal = (
  dealId: string,
  told: readonly (readonly [at: number, saying: Saying])[],
): Recorded<DealEvent>[] =>
  recorded<DealEvent>(
    `deal-${dealId}`,
    told.map(([at, saying]) => [at, saying(dealId)] as const),
  );

interface Prospect {
  readonly minor?: number;
  readonly currency?: string;
  readonly funnelId?: string;
  readonly ownerId?: string | null;
  readonly expectedClose?: string | null;
  readonly region?: string;
  readonly industry?: string;
}
export const prospect =
  (stage: string, said: Prospect = {}): Saying =>
  (dealId) => ({
    type: 'ProspectAdded',
    data: {
      dealId,
      title: `Deal ${dealId}`,
      customer: {
        name: `Customer ${dealId}`,
        ...(said.region && { region: said.region }),
        ...(said.industry && { industry: said.industry }),
      },
      amount: { minor: said.minor ?? 100_000, currency: said.currency ?? 'CNY' },
      funnelId: said.funnelId ?? 'machines',
      stage,
      ownerId: said.ownerId === undefined ? 'anna' : said.ownerId,
      expectedClose: said.expectedClose ?? null,
    },
  });
export const advanced =
  (from: string, to: string): Saying =>
  (dealId) => ({ type: 'StageAdvanced', data: { dealId, from, to } });
export const regressed =
  (from: string, to: string): Saying =>
  (dealId) => ({ type: 'StageRegressed', data: { dealId, from, to } });
export const worth =
  (minor: number, currency = 'CNY'): Saying =>
  (dealId) => ({ type: 'DealValued', data: { dealId, amount: { minor, currency } } });
export const expected =
  (expectedClose: string | null): Saying =>
  (dealId) => ({ type: 'DealValued', data: { dealId, expectedClose } });
export const owned =
  (from: string | null, to: string | null): Saying =>
  (dealId) => ({ type: 'OwnerReassigned', data: { dealId, from, to, reason: 'territories' } });
export const weighed =
  (weight: number): Saying =>
  (dealId) => ({ type: 'WeightOverridden', data: { dealId, weight, reason: 'the budget is signed' } });
export const unweighed: Saying = (dealId) => ({ type: 'WeightOverrideCleared', data: { dealId } });
export const planned =
  (dueAt: string | null): Saying =>
  (dealId) => ({ type: 'NextStepSet', data: { dealId, step: { action: 'visit', dueAt } } });
export const stepped: Saying = (dealId) => ({ type: 'NextStepCompleted', data: { dealId, outcome: 'liked it' } });
export const contacted =
  (kind: 'call' | 'visit'): Saying =>
  (dealId) => ({ type: 'ContactLogged', data: { dealId, kind } });
export const met =
  (criterion: string): Saying =>
  (dealId) => ({ type: 'CriterionMet', data: { dealId, criterion } });
export const unmet =
  (criterion: string): Saying =>
  (dealId) => ({ type: 'CriterionWithdrawn', data: { dealId, criterion } });
export const won =
  (stage: string, minor: number): Saying =>
  (dealId) => ({ type: 'DealWon', data: { dealId, stage, amount: { minor, currency: 'CNY' } } });
export const lost =
  (stage: string, competitor?: string): Saying =>
  (dealId) => ({ type: 'DealLost', data: { dealId, stage, reason: 'price', ...(competitor && { competitor }) } });
export const reopened =
  (stage: string): Saying =>
  (dealId) => ({ type: 'DealReopened', data: { dealId, stage, reason: 'they called again' } });
