import { formatInstant } from '@funnel/kernel';

/** When a command says that it happened, and when it is being recorded: milliseconds since 1970. */
export interface Dating {
  /** Business time. */
  readonly at: number;
  /** Record time. */
  readonly now: number;
}

/** Clocks differ a little between machines; more than this is a typing error. */
const toleranceMs = 5 * 60_000;

export interface OccurredInFuture {
  readonly code: 'occurred-in-future';
  readonly occurredAt: string;
}

export const occurredInFuture = ({ at, now }: Dating): OccurredInFuture | undefined =>
  at > now + toleranceMs ? { code: 'occurred-in-future', occurredAt: formatInstant(at) } : undefined;

export interface OccurredBeforeLatestChange<Facet extends string> {
  readonly code: 'occurred-before-latest-change';
  /** What the earlier command changed. */
  readonly facet: Facet;
  /** Business time of that change, ISO 8601. */
  readonly latest: string;
}

/** History is told forwards: a change dated before the latest one of its kind is refused. Equal instants are in order. */
export const occurredBefore = <Facet extends string>(
  { at }: Dating,
  facet: Facet,
  latest: number,
): OccurredBeforeLatestChange<Facet> | undefined =>
  at < latest ? { code: 'occurred-before-latest-change', facet, latest: formatInstant(latest) } : undefined;
