import type { MappingFile } from '@funnel/importing';
import { contactKinds, type FunnelDefinition } from '@funnel/sales';

type EventLogFile = Extract<MappingFile, { format: 'event-log' }>;

const columns: EventLogFile['columns'] = {
  ...{ deal: 'case:concept:name', time: 'time:timestamp', activity: 'concept:name', owner: 'org:resource' },
  ...{ amount: 'cost:total', currency: 'cost:currency', title: 'case:title', customer: 'case:customer' },
  ...{ region: 'case:region', industry: 'case:industry', source: 'case:source', expectedClose: 'expectedClose' },
  ...{ reason: 'reason', note: 'note', row: 'identity:id' },
};

/** How a log that was exported from a funnel is read again. */
export const readingOfXes = ({ funnelId, currency, ...funnel }: FunnelDefinition): EventLogFile => ({
  ...{ format: 'event-log', columns, order: 'time', currency, timeZone: 'UTC', ids: 'exact' },
  funnel: { id: funnelId, ...funnel },
  states: [
    { when: { activity: 'DealWon' }, is: 'won' },
    { when: { activity: 'DealLost' }, is: 'lost' },
    ...funnel.stages.map(({ key }) => ({ when: { activity: key }, is: 'open' as const, stage: key })),
  ],
  events: [
    { when: { activity: 'DealReopened' }, event: 'DealReopened', reason: 'not said' },
    { when: { activity: 'OwnerReassigned' }, event: 'OwnerReassigned' },
    { when: { activity: 'NextStepSet' }, event: 'NextStepSet' },
    { when: { activity: 'NextStepCompleted' }, event: 'NextStepCompleted' },
    ...contactKinds.map((kind) => {
      return { when: { activity: `ContactLogged ${kind}` }, event: 'ContactLogged' as const, kind };
    }),
  ],
});
