import { projection, type Recorded } from '@funnel/kernel';
import type { QuotaEvent } from '@funnel/sales';
import { inForce, withVersion } from '../versions.ts';
import type { QuotaRow, QuotaVersion } from './quota-row.ts';

export const quotaKey = (subject: string, year: number): string => `${subject}-${year}`;

const versioned = (row: QuotaRow | null, { data, ...said }: Recorded<QuotaEvent>): QuotaRow => {
  const { subject, year, amount, shares = null, reason = null } = { reason: undefined, ...data };
  const { at, recordedAt, revision } = said;
  const version = { at, recordedAt, revision, amount, shares, reason };
  return { subject, year, versions: withVersion(row?.versions ?? [], version) };
};

/** Quotas per subject and year, with what they were before. */
export const quotas = projection<QuotaRow, QuotaEvent>({
  name: 'quotas',
  version: 2,
  streams: ['quota-'],
  keyOf: ({ data }) => quotaKey(data.subject, data.year),
  indexes: [{ subject: 1, year: 1 }],
  on: { QuotaSet: versioned, QuotaRevised: versioned },
});

/**
 * The version in force at an instant; the first one also holds for the time before it, since a quota is often set when
 * its year has begun already.
 */
export const quotaAt = ({ versions }: QuotaRow, at: number): QuotaVersion => inForce(versions, at);
