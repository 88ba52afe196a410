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

const standsIn = ({ funnelId, stage }: LimitedStage, since: object) => ({
  open: true,
  funnelId,
  stage: stage.key,
  since,
});

const withoutAlert = async ({ views }: AlertsContext, stays: readonly AgingRow[]): Promise<Stay[]> => {
  const ids = stays.map(({ dealId, stageEntry }) => dwellAlertId(dealId, stageEntry));
  const raised = await views.view(alerts).getEach(ids);
  return stays
    .filter((_, index) => !raised.has(ids[index] ?? ''))
    .map(({ dealId, stageEntry }) => ({ dealId, stageEntry }));
};

/** Stays that are over the limit in force now and have no alert yet, a handful at a time. */
export async function* overdueStays(context: AlertsContext): AsyncGenerator<readonly Stay[]> {
  for await (const limited of limitedStages(context)) {
    const latest = latestOverdueSince(context.now(), limited.stage, context.timeZone);
    if (latest === undefined) continue;
    const overdue = context.views.view(aging).all(standsIn(limited, { $lte: latest }));
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
export const nextDueSeconds = async (context: AlertsContext, horizonMs: number): Promise<Set<number>> => {
  const { views, now, timeZone } = context;
  const seconds = new Set<number>();
  for await (const limited of limitedStages(context)) {
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
