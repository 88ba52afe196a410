import type { Moment } from '@funnel/kernel';
import type { RowFilter } from '@funnel/read-store';
import type { AlertRow } from '@funnel/sales-views';

type Event = 'raised' | 'acknowledged' | 'resolved';

const happened = (event: Event, { asOf, knownAt }: Moment): RowFilter<AlertRow> => ({
  [`${event}At`]: { $lte: asOf },
  ...(Number.isFinite(knownAt) && { [`recordedAt.${event}`]: { $lte: knownAt } }),
});

/** Absent fields are `null`, which no comparison meets. */
const notHappened = (event: Event, { asOf, knownAt }: Moment): RowFilter<AlertRow> => ({
  $or: [
    { [`${event}At`]: null },
    { [`${event}At`]: { $gt: asOf } },
    ...(Number.isFinite(knownAt) ? [{ [`recordedAt.${event}`]: { $gt: knownAt } }] : []),
  ],
});

/** The alerts that had been raised by a moment, and stood so then. */
export const standingAlerts = (moment: Moment, status: AlertRow['status'] | undefined): RowFilter<AlertRow> => {
  const raised = happened('raised', moment);
  switch (status) {
    case undefined:
      return raised;
    case 'resolved':
      return { $and: [raised, happened('resolved', moment)] };
    case 'acknowledged':
      return { $and: [raised, happened('acknowledged', moment), notHappened('resolved', moment)] };
    case 'open':
      return { $and: [raised, notHappened('acknowledged', moment), notHappened('resolved', moment)] };
  }
};
