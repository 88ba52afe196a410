import {
  alert,
  alertStream,
  dwellAlertId,
  dwellCauseGone,
  funnel,
  funnelAt,
  funnelStream,
  type AlertCommand,
  type DwellFacts,
  type Funnel,
  type Standing,
} from '@funnel/sales';
import { alerts, type AlertRow } from '@funnel/sales-views';
import { alertsActor, type AlertsContext, type Stay } from './context.ts';
import { standingNow } from './standing.ts';

/** Reads the funnels of a handful of deals once each, from the log. */
const funnelReader = ({ events }: AlertsContext) => {
  const read = new Map<string, Promise<Funnel>>();
  return (funnelId: string): Promise<Funnel> => {
    const known = read.get(funnelId) ?? events.load(funnel, funnelStream(funnelId)).then(({ state }) => state);
    read.set(funnelId, known);
    return known;
  };
};
type FunnelReader = ReturnType<typeof funnelReader>;

/** What a deal is judged by now; `undefined` when it cannot be judged. */
const factsOf = async (
  { now, timeZone }: AlertsContext,
  funnels: FunnelReader,
  deal: Standing | undefined,
): Promise<DwellFacts | undefined> => {
  if (!deal || deal.status === 'absent') return undefined;
  const defined = await funnels(deal.funnelId);
  const definition = defined.status === 'defined' ? funnelAt(defined, now()) : undefined;
  return definition && { deal, funnel: definition, now: now(), timeZone };
};

const tell = ({ events, now }: AlertsContext, alertId: string, command: AlertCommand) =>
  events.execute({
    presumedNew: command.type === 'RaiseDwellAlert',
    decider: alert,
    stream: alertStream(alertId),
    command,
    // The same cause is the same command, whoever finds it and however often.
    context: { commandId: `${command.type}:${alertId}`, actor: alertsActor, at: now(), recordedAt: now() },
  });

/** Raises the alerts of stays that were found overdue, where the deals as they are now still call for it. */
export const raise = async (context: AlertsContext, stays: readonly Stay[]): Promise<void> => {
  const funnels = funnelReader(context);
  const standing = await standingNow(
    context,
    stays.map(({ dealId }) => dealId),
  );
  const raiseOne = async ({ dealId, stageEntry }: Stay): Promise<void> => {
    const facts = await factsOf(context, funnels, standing(dealId));
    if (facts) await tell(context, dwellAlertId(dealId, stageEntry), { type: 'RaiseDwellAlert', stageEntry, ...facts });
  };
  await Promise.all(stays.map(raiseOne));
};

/** Resolves alerts whose cause is gone. */
export const resolve = async (context: AlertsContext, alertIds: readonly string[]): Promise<void> => {
  const funnels = funnelReader(context);
  const raised = await context.views.view(alerts).getEach(alertIds);
  const standing = await standingNow(
    context,
    [...raised.values()].map(({ dealId }) => dealId),
  );
  const resolveOne = async (row: AlertRow): Promise<void> => {
    const facts = await factsOf(context, funnels, standing(row.dealId));
    const because = facts && dwellCauseGone(row, facts);
    if (because) await tell(context, row.alertId, { type: 'ResolveAlert', because });
  };
  await Promise.all([...raised.values()].map(resolveOne));
};
