import { projection } from '@funnel/kernel';
import type { AlertEvent } from '@funnel/sales';
import type { AlertRow } from './alert-row.ts';

/** Every alert, from its cause to its end. */
export const alerts = projection<AlertRow, AlertEvent>({
  name: 'alerts',
  version: 2,
  streams: ['alert-'],
  keyOf: ({ data }) => data.alertId,
  indexes: [{ status: 1, raisedAt: -1, _id: 1 }, { dealId: 1 }, { ownerId: 1, status: 1 }],
  on: {
    AlertRaised: (_, { data, at, recordedAt, revision }) => ({
      ...data,
      since: Date.parse(data.since),
      dueAt: Date.parse(data.dueAt),
      status: 'open',
      raisedAt: at,
      acknowledgedAt: null,
      acknowledgedBy: null,
      note: null,
      resolvedAt: null,
      because: null,
      recordedAt: { raised: recordedAt, acknowledged: null, resolved: null },
      revision,
    }),
    AlertAcknowledged: (row, { data, at, recordedAt, actor, revision }) =>
      row && {
        ...row,
        status: row.status === 'resolved' ? 'resolved' : 'acknowledged',
        acknowledgedAt: at,
        acknowledgedBy: actor.user,
        note: data.note ?? null,
        recordedAt: { ...row.recordedAt, acknowledged: recordedAt },
        revision,
      },
    AlertResolved: (row, { data, at, recordedAt, revision }) =>
      row && {
        ...row,
        status: 'resolved',
        resolvedAt: at,
        because: data.because,
        recordedAt: { ...row.recordedAt, resolved: recordedAt },
        revision,
      },
  },
});
