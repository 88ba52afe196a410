import type { TimelineEntry } from '@funnel/sales-views';
import { shownHistory } from './shown-deal.ts';

const entry: TimelineEntry = {
  ...{ revision: 0, eventId: 'event', type: 'ContactLogged', at: 0, recordedAt: 1 },
  ...{ actor: { user: 'anna', role: 'rep' }, data: { dealId: 'd', kind: 'call' } },
};
const idsOf = (said: Partial<TimelineEntry>) => {
  const { id, commandId, correlationId, causationId } = shownHistory({ ...entry, ...said });
  return { id, commandId, correlationId, causationId };
};

describe('a line of a deal’s history', () => {
  it('tells the ids that it was kept without', () => {
    expect(idsOf({})).toEqual({ id: 'event', commandId: 'event', correlationId: 'event', causationId: 'event' });
    const ofCommand = { id: 'event', commandId: 'c', correlationId: 'c', causationId: 'c' };
    expect(idsOf({ commandId: 'c' })).toEqual(ofCommand);
    expect(idsOf({ commandId: 'c', correlationId: 'import' })).toEqual({ ...ofCommand, correlationId: 'import' });
    expect(idsOf({ commandId: 'c', causationId: 'before' })).toEqual({ ...ofCommand, causationId: 'before' });
  });
});
