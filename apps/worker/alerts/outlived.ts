import { dueAt } from '@funnel/sales';
import { aging, alerts, funnels, versionAt, type AgingRow, type AlertRow, type FunnelRow } from '@funnel/sales-views';
import { handful, type AlertsContext } from './context.ts';
import { inHandfuls } from './in-handfuls.ts';

const isOverdue = (row: AgingRow, funnel: FunnelRow | undefined, { now, timeZone }: AlertsContext): boolean => {
  const stage = funnel && versionAt(funnel, now()).definition.stages.find(({ key }) => key === row.stage);
  const due = stage && dueAt(row.since, stage, timeZone);
  return due !== undefined && due <= now();
};

/** Alerts whose cause seems gone: the deal moved on, was closed, or its limit was raised. A handful at a time. */
export async function* outlivedAlerts(context: AlertsContext): AsyncGenerator<readonly string[]> {
  const { views } = context;
  const known = new Map<string, FunnelRow>();
  for await (const funnel of views.view(funnels).all({})) known.set(funnel.funnelId, funnel);
  const standing = views.view(alerts).all({ status: { $in: ['open', 'acknowledged'] } });
  for await (const raised of inHandfuls<AlertRow>(standing, handful)) {
    const stays = await views.view(aging).getEach(raised.map(({ dealId }) => dealId));
    const outlived = raised.filter(({ dealId, stageEntry }) => {
      const row = stays.get(dealId);
      return !row?.open || row.stageEntry !== stageEntry || !isOverdue(row, known.get(row.funnelId), context);
    });
    if (outlived.length) yield outlived.map(({ alertId }) => alertId);
  }
}
