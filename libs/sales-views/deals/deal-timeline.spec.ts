import { dealEvents } from '@funnel/sales';
import { advanced, day, ofDeal, prospect, rowsOf } from '../testing/histories.ts';
import { dealTimeline } from './deal-timeline.ts';
import { entriesPerPage } from './timeline-row.ts';

describe('the timeline of a deal', () => {
  const there = advanced('lead', 'need');
  const back = advanced('need', 'lead');
  const told = (dealId: string, events: number) =>
    ofDeal(
      dealId,
      Array.from({ length: events }, (_, index) => [
        day(3 + index),
        index ? (index % 2 ? there : back) : prospect('lead'),
      ]),
    );
  const rows = rowsOf(dealTimeline, [...told('a', 2), ...told('b', entriesPerPage + 1)]);

  it('tells each event with both clocks, who did it and why it came', () => {
    expect(rows.get('a:0')).toMatchObject({ dealId: 'a', page: 0 });
    expect(rows.get('a:0')?.entries).toHaveLength(2);
    expect(rows.get('a:0')?.entries[1]).toEqual({
      revision: 1,
      eventId: 'deal-a@1',
      type: 'StageAdvanced',
      at: day(4),
      recordedAt: day(1_000) + 60_000,
      actor: { user: 'anna', role: 'rep' },
      data: { dealId: 'a', from: 'lead', to: 'need' },
      commandId: 'command-1',
      correlationId: 'correlation-1',
      causationId: 'causation-1',
    });
  });

  it('keeps no id twice: of a fact that is its own command, and whose command is its own cause', () => {
    const [event] = told('c', 1);
    if (!event) throw new Error('nothing was told');
    const id = event.id;
    const own = rowsOf(dealTimeline, [{ ...event, commandId: id, correlationId: 'import', causationId: id }]);
    const kept = own.get('c:0')?.entries[0];
    expect(kept).toMatchObject({ eventId: id, correlationId: 'import' });
    expect(kept).not.toHaveProperty('commandId');
    expect(kept).not.toHaveProperty('causationId');
  });

  it('turns a page after so many events, in the order of recording', () => {
    const revisions = (key: string) => rows.get(key)?.entries.map(({ revision }) => revision);
    expect(revisions('b:0')).toEqual(Array.from({ length: entriesPerPage }, (_, index) => index));
    expect(revisions('b:1')).toEqual([entriesPerPage]);
    expect(rows.size).toBe(3);
  });

  it('leaves no kind of event out', () => {
    expect(Object.keys(dealTimeline.on)).toEqual(Object.keys(dealEvents));
  });
});
