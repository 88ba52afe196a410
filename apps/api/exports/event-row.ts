import type { CloudEvent } from '@funnel/contracts';

interface Amount {
  readonly value: string;
  readonly currency: string;
}
const isAmount = (value: unknown): value is Amount =>
  typeof value === 'object' && value !== null && 'currency' in value;
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The name of an event without product and version: `DealWon`. */
export const typeOf = ({ type }: Pick<CloudEvent, 'type'>): string => type.split('.')[1] ?? type;
export const amountOf = ({ data }: Pick<CloudEvent, 'data'>): Amount | null =>
  isAmount(data['amount']) ? data['amount'] : null;

/** One event as one row; fields that many events share have columns of their own, `data` holds all of it as JSON. */
export const rowOf = (event: CloudEvent) => {
  const { data } = event;
  const amount = amountOf(event);
  return {
    position: event.sequence,
    subject: event.subject,
    revision: event.revision,
    type: typeOf(event),
    time: event.time,
    recorded_at: event.recordedat,
    actor: event.actor,
    deal: textOr(data['dealId']),
    funnel: textOr(data['funnelId']),
    stage: textOr(data['stage']),
    from: textOr(data['from']),
    to: textOr(data['to']),
    owner: textOr(data['ownerId']),
    amount: amount?.value ?? null,
    currency: amount?.currency ?? null,
    expected_close: textOr(data['expectedClose']),
    reason: textOr(data['reason']),
    id: event.id,
    data: JSON.stringify(data),
  };
};
export type EventRow = ReturnType<typeof rowOf>;

export const columns: readonly (keyof EventRow)[] = [
  ...(['position', 'subject', 'revision', 'type', 'time', 'recorded_at', 'actor'] as const),
  ...(['deal', 'funnel', 'stage', 'from', 'to', 'owner', 'amount', 'currency', 'expected_close'] as const),
  ...(['reason', 'id', 'data'] as const),
];
