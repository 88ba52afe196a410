import { event, type EventOf } from '@funnel/kernel';
import { z } from 'zod';
import { parts } from '../funnel/funnel.events.ts';
import { id, instant, text } from '../shapes.ts';

const alertId = z.string().min(1).max(200);

/** One alert is one stream; its id comes from its cause, so that a cause is told once. Keys are stored names. */
export const alertEvents = {
  AlertRaised: event(
    z.object({
      alertId,
      kind: z.enum(['stage-dwell']),
      dealId: id,
      title: text,
      funnelId: id,
      stage: id,
      part: z.enum(parts),
      /** Which visit to a stage this is in the deal's life, from 1. */
      stageEntry: z.int().min(1),
      ownerId: id.nullable(),
      since: instant,
      dueAt: instant,
      limitDays: z.number().positive(),
      /** What to ask about a deal that is stuck in this part of the funnel. */
      questions: z.array(text),
    }),
  ),
  AlertAcknowledged: event(z.object({ alertId, note: text.optional() })),
  AlertResolved: event(z.object({ alertId, because: z.enum(['moved-on', 'closed', 'limit-changed']) })),
} as const;
export type AlertEvent = EventOf<typeof alertEvents>;

export const alertStream = (alertId: string): string => `alert-${alertId}`;
/** One alert per stay in a stage. */
export const dwellAlertId = (dealId: string, stageEntry: number): string => `dwell-${dealId}-${stageEntry}`;
