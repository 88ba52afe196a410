import { event, type EventOf } from '@funnel/kernel';
import { z } from 'zod';
import { currency, id, text, weight } from '../shapes.ts';
import { calibrationEvidence } from './evidence.ts';

export const parts = ['top', 'middle', 'bottom'] as const;
export type Part = (typeof parts)[number];

const criterion = z.object({ key: id, label: text });

export const stage = z.object({
  key: id,
  label: text,
  /** Win probability, 0..1, at most four decimals. */
  weight,
  part: z.enum(parts),
  /** Longest stay before an alert, in days of `dwellIn`; `null` is no limit. */
  maxDwellDays: z.number().positive().max(3_650).nullable().default(null),
  /** Business days are Monday to Friday in the company's time zone. */
  dwellIn: z.enum(['calendar-days', 'business-days']).default('calendar-days'),
  /** Share of the deals entering this stage that should reach the next one. */
  conversionTarget: z.number().min(0).max(1).nullable().default(null),
  /** What must be met before a deal leaves this stage forwards. */
  exitCriteria: z.array(criterion).max(50).default([]),
  /** While a deal stands here its owner changes only by a manager's override. */
  ownerLocked: z.boolean().default(false),
  handover: z.enum(['visit', 'phone', 'mail']).nullable().default(null),
});

/** A whole version of a funnel: revising says all of it again. */
export const funnelDefinition = z.object({
  funnelId: id,
  label: text,
  currency,
  /** Whether a deal without an open next step weighs nothing. */
  nextStepRule: z.boolean().default(false),
  /** Days after its due time at which a next step lapses. */
  nextStepGraceDays: z.number().min(0).max(365).default(3),
  stages: z.array(stage).min(1).max(50),
});
export type FunnelDefinition = z.infer<typeof funnelDefinition>;
export type Stage = z.infer<typeof stage>;

/** Versions of one funnel. Keys are stored names: add, never rename, reuse or delete. */
export const funnelEvents = {
  FunnelDefined: event(funnelDefinition),
  FunnelRevised: event(
    funnelDefinition.extend({ reason: text.optional(), evidence: calibrationEvidence.optional() }),
    // v1 knew no evidence: what was revised then was decided by people.
    (revised) => revised,
  ),
} as const;
export type FunnelEvent = EventOf<typeof funnelEvents>;

export const funnelStream = (funnelId: string): string => `funnel-${funnelId}`;
