import { dealEvents } from '@funnel/sales';
import { advanced, day, ofDeal, prospect, rowsOf } from '../testing/histories.ts';
import { dealTimeline, timelineKey } from './deal-timeline.ts';

describe('the timeline of a deal', () => {
  const told = (dealId: string) =>
    ofDeal(dealId, [
      [day(3), prospect('lead')],
      [day(4), advanced('lead', 'need')],
    ]);
  const rows = rowsOf(dealTimeline, [...told('a'), ...told('b')]);

  it('has one row per event, with both clocks, who did it and why it came', () => {
    expect(rows.size).toBe(4);
    expect(rows.get(timelineKey('b', 1))).toEqual({
      dealId: 'b',
      revision: 1,
      eventId: 'deal-b@1',
      type: 'StageAdvanced',
      at: day(4),
      recordedAt: day(1_000) + 60_000,
      actor: { user: 'anna', role: 'rep' },
      data: { dealId: 'b', from: 'lead', to: 'need' },
      commandId: 'command-1',
      correlationId: 'correlation-1',
      causationId: 'causation-1',
    });
  });

  it('has keys that sort as the events were recorded', () => {
    const keys = [2, 10, 9].map((revision) => timelineKey('a', revision));
    expect(keys.toSorted()).toEqual([2, 9, 10].map((revision) => timelineKey('a', revision)));
  });

  it('leaves no kind of event out', () => {
    expect(Object.keys(dealTimeline.on)).toEqual(Object.keys(dealEvents));
  });
});
