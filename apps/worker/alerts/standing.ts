import { dealStream, type Standing } from '@funnel/sales';
import { aging, type AgingRow } from '@funnel/sales-views';
import type { AlertsContext } from './context.ts';

/** Longest wait for the view, in milliseconds; what is not judged by then, a later sweep finds again. */
const patienceMs = 10_000;

const standingOf = (row: AgingRow | undefined): Standing =>
  row ? { ...row, status: row.open ? 'open' : 'closed' } : { status: 'absent' };

/**
 * Where deals stand as the log has them now: the view is asked only once it has taken in all that the log holds at the
 * call. Reading many rows so costs less than reading one deal from the log. `undefined` for what cannot be judged now.
 */
export const standingNow = async ({ events, views }: AlertsContext, dealIds: readonly string[]) => {
  const isCurrent = await views.waitFor([aging], await events.head(), { timeoutMs: patienceMs });
  const rows = await views.view(aging).getEach(dealIds);
  const heldBack = await views.heldBack(aging.name, dealIds.map(dealStream));
  return (dealId: string): Standing | undefined =>
    isCurrent && !heldBack.has(dealStream(dealId)) ? standingOf(rows.get(dealId)) : undefined;
};
