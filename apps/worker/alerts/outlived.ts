import { aging, alerts, type AgingRow, type AlertRow } from '@funnel/sales-views';
import { handful, type Watching } from './context.ts';
import { isOverdue, type Definitions } from './definitions.ts';
import { inHandfuls } from './in-handfuls.ts';

const standing = { status: { $in: ['open', 'acknowledged'] } } as const;

/** Those of the alerts whose cause seems gone: the deal moved on, was closed, or its limit was raised. */
const outlivedOf = (
  raised: readonly AlertRow[],
  stays: ReadonlyMap<string, AgingRow>,
  isStillOverdue: (row: AgingRow) => boolean,
): AlertRow[] =>
  raised.filter(({ dealId, stageEntry }) => {
    const row = stays.get(dealId);
    return !row || row.stageEntry !== stageEntry || !isStillOverdue(row);
  });

/** Alerts that have outlived their cause, a handful at a time. */
export async function* outlivedAlerts(
  context: Watching,
  definitions: Definitions,
): AsyncGenerator<readonly AlertRow[]> {
  const { views } = context;
  for await (const raised of inHandfuls<AlertRow>(views.view(alerts).all(standing), handful)) {
    const stays = await views.view(aging).getEach(raised.map(({ dealId }) => dealId));
    const outlived = outlivedOf(raised, stays, (row) => isOverdue(row, definitions, context));
    if (outlived.length) yield outlived;
  }
}

/** The same among the alerts of some deals, whose stays are given. */
export const outlivedAmong = async (
  context: Watching,
  definitions: Definitions,
  stays: ReadonlyMap<string, AgingRow>,
): Promise<AlertRow[]> => {
  const raised: AlertRow[] = [];
  for await (const row of context.views.view(alerts).all({ dealId: { $in: [...stays.keys()] }, ...standing })) {
    raised.push(row);
  }
  return outlivedOf(raised, stays, (row) => isOverdue(row, definitions, context));
};
