import { projection, type Recorded } from '@funnel/kernel';
import { dealEvents, type DealEvent } from '@funnel/sales';
import type { TimelineRow } from './timeline-row.ts';

/** Revisions as text sort like numbers. */
const padded = (revision: number): string => `${revision}`.padStart(10, '0');

export const timelineKey = (dealId: string, revision: number): string => `${dealId}:${padded(revision)}`;

const shown = (_: TimelineRow | null, event: Recorded<DealEvent>): TimelineRow => ({
  dealId: event.data.dealId,
  revision: event.revision,
  eventId: event.id,
  type: event.type,
  at: event.at,
  recordedAt: event.recordedAt,
  actor: event.actor,
  data: event.data,
  commandId: event.commandId,
  correlationId: event.correlationId,
  causationId: event.causationId,
});

/** One row per event of a deal, whatever its type: its full history. */
export const dealTimeline = projection<TimelineRow, DealEvent>({
  name: 'deal-timeline',
  version: 1,
  streams: ['deal-'],
  keyOf: ({ data, revision }) => timelineKey(data.dealId, revision),
  indexes: [{ dealId: 1, revision: 1 }],
  on: Object.fromEntries(Object.keys(dealEvents).map((type) => [type, shown])),
});
