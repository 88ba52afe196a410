import { projection, type Recorded } from '@funnel/kernel';
import { dealEvents, type DealEvent } from '@funnel/sales';
import { entriesPerPage, type TimelineEntry, type TimelineRow } from './timeline-row.ts';

/** The page of a deal's history that holds a revision. */
export const timelinePage = (revision: number): number => Math.floor(revision / entriesPerPage);

const entryOf = ({ id, commandId, correlationId, causationId, ...event }: Recorded<DealEvent>): TimelineEntry => ({
  revision: event.revision,
  eventId: id,
  type: event.type,
  at: event.at,
  recordedAt: event.recordedAt,
  actor: event.actor,
  data: event.data,
  ...(commandId !== id && { commandId }),
  ...(correlationId !== commandId && { correlationId }),
  ...(causationId !== commandId && { causationId }),
});

const added = (row: TimelineRow | null, event: Recorded<DealEvent>): TimelineRow => ({
  dealId: event.data.dealId,
  page: timelinePage(event.revision),
  entries: [...(row?.entries ?? []), entryOf(event)],
});

/** Every event of a deal, whatever its type: its full history, a page a row. */
export const dealTimeline = projection<TimelineRow, DealEvent>({
  name: 'deal-timeline',
  version: 3,
  streams: ['deal-'],
  keyOf: ({ data, revision }) => `${data.dealId}:${timelinePage(revision)}`,
  indexes: [{ dealId: 1, page: 1 }],
  on: Object.fromEntries(Object.keys(dealEvents).map((type) => [type, added])),
});
