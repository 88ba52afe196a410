import { accept, reject, type Dated, type Decider, type Decision, type Money } from '@funnel/kernel';
import type { AmountNegative } from '../amount.ts';
import { occurredBefore, occurredInFuture } from '../dating.ts';
import type { Dating, OccurredBeforeLatestChange, OccurredInFuture } from '../dating.ts';
import { saysTheSame } from '../same.ts';
import type { QuotaEvent } from './quota.events.ts';

/** What a subject must win in a year. */
export interface YearlyQuota {
  /** `company`, `rep-…`, `team-…` or `territory-…`. */
  readonly subject: string;
  readonly year: number;
  readonly amount: Money;
  /** Relative sizes of 2 halves, 4 quarters or 12 months; equal when absent. */
  readonly shares?: number[] | undefined;
}
export type Quota =
  { readonly status: 'absent' } | { readonly status: 'set'; readonly quota: YearlyQuota; readonly at: number };

/** Sets the quota of a subject and year, or revises the one that is there. */
export interface SetQuota extends Dating {
  readonly type: 'SetQuota';
  readonly quota: YearlyQuota;
  /** Why it is revised. */
  readonly reason?: string | undefined;
}
export type QuotaCommand = SetQuota;
export type QuotaRejection = AmountNegative | OccurredInFuture | OccurredBeforeLatestChange<'quota'>;
type QuotaDecision = Decision<QuotaEvent, QuotaRejection>;

const decide = (command: QuotaCommand, state: Quota): QuotaDecision => {
  const future = occurredInFuture(command);
  if (future) return reject(future);
  if (command.quota.amount.minor < 0) return reject({ code: 'amount-negative' });
  switch (state.status) {
    case 'absent':
      return accept({ type: 'QuotaSet', data: command.quota });
    case 'set': {
      if (saysTheSame(state.quota, command.quota)) return accept();
      const late = occurredBefore(command, 'quota', state.at);
      if (late) return reject(late);
      return accept({ type: 'QuotaRevised', data: { ...command.quota, reason: command.reason } });
    }
  }
};

const evolve = (_: Quota, event: Dated<QuotaEvent>): Quota => {
  switch (event.type) {
    case 'QuotaSet':
      return { status: 'set', quota: event.data, at: event.at };
    case 'QuotaRevised': {
      const { reason: _reason, ...quota } = event.data;
      return { status: 'set', quota, at: event.at };
    }
  }
};

/** The quota of one subject for one year. */
export const quota: Decider<Quota, QuotaCommand, QuotaEvent, QuotaRejection> = {
  initial: { status: 'absent' },
  evolve,
  decide,
};
