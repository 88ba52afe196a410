import { dueAt, dwellAlertId, latestOverdueSince, type Stage } from '@funnel/sales';
import { aging, alerts, funnels, versionAt, type AgingRow } from '@funnel/sales-views';
import { handful, type AlertsContext, type Stay } from './context.ts';
import { inHandfuls } from './in-handfuls.ts';

interface LimitedStage {
  readonly funnelId: string;
  readonly stage: Stage;
}

async function* limitedStages({ views, now }: AlertsContext): AsyncGenerator<LimitedStage> {
  for await (const funnel of views.view(funnels).all({})) {
    const { definition } = versionAt(funnel, now());
    for (const stage of definition.stages) {
      if (stage.maxDwellDays !== null) yield { funnelId: funnel.funnelId, stage };
    }
  }
}

const staysSince = (
  { views }: AlertsContext,
  { funnelId, stage }: LimitedStage,
  since: object,
): AsyncIterable<AgingRow> => views.view(aging).all({ open: true, funnelId, stage: stage.key, since });

const withoutAlert = async ({ views }: AlertsContext, stays: readonly AgingRow[]): Promise<Stay[]> => {
  const ids = stays.map(({ dealId, stageEntry }) => dwellAlertId(dealId, stageEntry));
  const raised = new Set<string>();
  for await (const { alertId } of views.view(alerts).all({ alertId: { $in: ids } })) raised.add(alertId);
  return stays
    .filter((_, index) => !raised.has(ids[index] ?? ''))
    .map(({ dealId, stageEntry }) => ({ dealId, stageEntry }));
};

/** Stays that are over the limit in force now and have no alert yet, a handful at a time. */
export async function* overdueStays(context: AlertsContext): AsyncGenerator<readonly Stay[]> {
  for await (const limited of limitedStages(context)) {
    const latest = latestOverdueSince(context.now(), limited.stage, context.timeZone);
    if (latest === undefined) continue;
    for await (const stays of inHandfuls(staysSince(context, limited, { $lte: latest }), handful)) {
      const fresh = await withoutAlert(context, stays);
      if (fresh.length) yield fresh;
    }
  }
}

/** The whole seconds within the next `horizonMs` in which some stay becomes overdue; milliseconds since 1970. */
export const dueSeconds = async (context: AlertsContext, horizonMs: number): Promise<Set<number>> => {
  const { now, timeZone } = context;
  const seconds = new Set<number>();
  for await (const limited of limitedStages(context)) {
    const after = latestOverdueSince(now(), limited.stage, timeZone);
    const until = latestOverdueSince(now() + horizonMs, limited.stage, timeZone);
    for await (const { since } of staysSince(context, limited, { $gt: after, $lte: until })) {
      const due = dueAt(since, limited.stage, timeZone) ?? 0;
      seconds.add(Math.ceil(due / 1_000) * 1_000);
    }
  }
  return seconds;
};
