import { isWithin, type Moment } from '@funnel/kernel';
import type { AlertRow } from './alert-row.ts';

const unacknowledged = { acknowledgedAt: null, acknowledgedBy: null, note: null } as const;
const unresolved = { resolvedAt: null, because: null } as const;

const hasHappened = (moment: Moment, at: number | null, recordedAt: number | null): boolean =>
  at !== null && recordedAt !== null && isWithin(moment, { at, recordedAt });

/** An alert as it stood at a moment; `null` before it was raised. */
export const alertAt = (row: AlertRow, moment: Moment): AlertRow | null => {
  const { recordedAt } = row;
  if (!hasHappened(moment, row.raisedAt, recordedAt.raised)) return null;
  const isAcknowledged = hasHappened(moment, row.acknowledgedAt, recordedAt.acknowledged);
  const isResolved = hasHappened(moment, row.resolvedAt, recordedAt.resolved);
  return {
    ...row,
    status: isResolved ? 'resolved' : isAcknowledged ? 'acknowledged' : 'open',
    ...(!isAcknowledged && unacknowledged),
    ...(!isResolved && unresolved),
    recordedAt: {
      raised: recordedAt.raised,
      acknowledged: isAcknowledged ? recordedAt.acknowledged : null,
      resolved: isResolved ? recordedAt.resolved : null,
    },
    revision: Number(isAcknowledged) + Number(isResolved),
  };
};
