import type { MappingFile } from '@funnel/importing';
import type { FunnelDefinition } from '@funnel/sales';

type EventLogFile = Extract<MappingFile, { format: 'event-log' }>;

const columns: EventLogFile['columns'] = {
  ...{ deal: 'case:concept:name', time: 'time:timestamp', activity: 'type', data: 'data', row: 'identity:id' },
};

/** How a log that was exported from a funnel is read again. */
export const readingOfXes = ({ funnelId, currency, ...funnel }: FunnelDefinition): EventLogFile => ({
  ...{ format: 'event-log', columns, order: 'time', currency, timeZone: 'UTC', ids: 'exact' },
  funnel: { id: funnelId, ...funnel },
  events: [{ when: { activity: '*' }, event: 'Recorded' }],
});
