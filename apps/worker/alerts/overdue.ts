import { dueAt, dwellAlertId, latestOverdueSince } from '@funnel/sales';
import { aging, alerts, type AgingRow } from '@funnel/sales-views';
import { handful, type Stay, type Watching } from './context.ts';
import type { LimitedStage } from './definitions.ts';
import { inHandfuls } from './in-handfuls.ts';

const standsIn = ({ funnelId, stage }: LimitedStage, since: object) => ({
  open: true,
  funnelId,
  stage: stage.key,
  since,
});

/** Those of the stays that have no alert yet. */
export const withoutAlert = async ({ views }: Watching, stays: readonly AgingRow[]): Promise<Stay[]> => {
  const ids = stays.map(({ dealId, stageEntry }) => dwellAlertId(dealId, stageEntry));
  const raised = await views.view(alerts).getEach(ids);
  return stays
    .filter((_, index) => !raised.has(ids[index] ?? ''))
    .map(({ dealId, stageEntry }) => ({ dealId, stageEntry }));
};

/**
 * Stays that are over the limit in force now and have no alert yet, a handful at a time; with `after`, only those that have
 * become so since that instant.
 */
export async function* overdueStays(
  context: Watching,
  stages: readonly LimitedStage[],
  after?: number,
): AsyncGenerator<readonly Stay[]> {
  const { views, timeZone, now } = context;
  for (const limited of stages) {
    const since = (instant: number) => latestOverdueSince(instant, limited.stage, timeZone);
    const within = { ...(after !== undefined && { $gt: since(after) }), $lte: since(now()) };
    const overdue = views.view(aging).all(standsIn(limited, within));
    for await (const stays of inHandfuls(overdue, handful)) {
      const fresh = await withoutAlert(context, stays);
      if (fresh.length) yield fresh;
    }
  }
}

/**
 * The whole second within the next `horizonMs` in which the first stay of each stage becomes overdue; milliseconds since
 * 1970. The sweep that rings then tells the next one.
 */
export const nextDueSeconds = async (
  { views, now, timeZone }: Watching,
  stages: readonly LimitedStage[],
  horizonMs: number,
): Promise<Set<number>> => {
  const seconds = new Set<number>();
  for (const limited of stages) {
    const after = latestOverdueSince(now(), limited.stage, timeZone);
    const until = latestOverdueSince(now() + horizonMs, limited.stage, timeZone);
    const first = { sort: { since: 1 }, limit: 1 } as const;
    const { rows } = await views.view(aging).find(standsIn(limited, { $gt: after, $lte: until }), first);
    for (const { since } of rows) {
      seconds.add(Math.ceil((dueAt(since, limited.stage, timeZone) ?? 0) / 1_000) * 1_000);
    }
  }
  return seconds;
};
