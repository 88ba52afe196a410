import { event, type EventOf } from '@funnel/kernel';
import { z } from 'zod';
import { money, text } from '../shapes.ts';

/** `company`, or a rep, team or territory: `rep-anna`, `team-north`. */
export const subject = z.string().regex(/^(company|(rep|team|territory)-[\p{L}\p{N}][\p{L}\p{N}._-]{0,99})$/u);
const year = z.int().min(1970).max(2199);
/** Shares are told apart to a millionth. */
const share = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((value) => value === 0 || value >= 0.000_001, '0, or at least a millionth');
/** Relative sizes of the two halves, four quarters or twelve months; equal ones when absent. */
export const shares = z
  .array(share)
  .refine((list) => [2, 4, 12].includes(list.length), '2 halves, 4 quarters or 12 months')
  .refine((list) => list.some((share) => share > 0), 'not all 0');
const quota = z.object({ subject, year, amount: money, shares: shares.optional() });

/** Yearly quotas. Keys are stored names: add, never rename, reuse or delete. */
export const quotaEvents = {
  QuotaSet: event(quota),
  QuotaRevised: event(quota.extend({ reason: text.optional() })),
} as const;
export type QuotaEvent = EventOf<typeof quotaEvents>;

export const quotaStream = (subject: string, year: number): string => `quota-${subject}-${year}`;
