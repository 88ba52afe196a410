import type { AlertEvent } from '@funnel/sales';
import { day, recorded, rowsOf } from '../testing/histories.ts';
import { alerts } from './alerts.ts';

const raised = (dealId: string): AlertEvent => ({
  type: 'AlertRaised',
  data: {
    alertId: `dwell-${dealId}-1`,
    kind: 'stage-dwell',
    dealId,
    title: `Deal ${dealId}`,
    funnelId: 'machines',
    stage: 'need',
    part: 'middle',
    stageEntry: 1,
    ownerId: 'anna',
    since: '2026-01-05T00:00:00Z',
    dueAt: '2026-01-08T00:00:00Z',
    limitDays: 3,
    questions: ['Torn between offers?'],
  },
});
const alertId = 'dwell-a-1';
const acknowledged: AlertEvent = { type: 'AlertAcknowledged', data: { alertId, note: 'calling today' } };
const resolved: AlertEvent = { type: 'AlertResolved', data: { alertId, because: 'moved-on' } };

const rowAfter = (...told: [number, AlertEvent][]) =>
  rowsOf(alerts, [
    ...recorded<AlertEvent>('alert-a', [[day(3), raised('a')], ...told]),
    ...recorded<AlertEvent>('alert-b', [[day(3), raised('b')]]),
  ]).get(alertId);

describe('an alert', () => {
  it('is open from its cause on', () => {
    expect(rowAfter()).toEqual({
      ...raised('a').data,
      since: day(0),
      dueAt: day(3),
      status: 'open',
      raisedAt: day(3),
      acknowledgedAt: null,
      acknowledgedBy: null,
      note: null,
      resolvedAt: null,
      because: null,
      recordedAt: { raised: day(1_000), acknowledged: null, resolved: null },
      revision: 0,
    });
  });

  it('says who acknowledged it', () => {
    const row = { status: 'acknowledged', acknowledgedAt: day(4), acknowledgedBy: 'anna', note: 'calling today' };
    expect(rowAfter([day(4), acknowledged])).toMatchObject({ ...row, revision: 1 });
  });

  it('says why it is over', () => {
    expect(rowAfter([day(5), resolved])).toMatchObject({ status: 'resolved', resolvedAt: day(5), because: 'moved-on' });
  });

  it('stays over when it is acknowledged afterwards', () => {
    const row = rowAfter([day(5), resolved], [day(6), acknowledged]);
    expect(row).toMatchObject({ status: 'resolved', acknowledgedAt: day(6), revision: 2 });
  });
});
