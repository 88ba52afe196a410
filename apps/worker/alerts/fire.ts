import {
  alert,
  alertStream,
  deal,
  dealStream,
  dwellAlertId,
  dwellCauseGone,
  funnel,
  funnelAt,
  funnelStream,
  type AlertCommand,
  type DwellFacts,
  type Funnel,
} from '@funnel/sales';
import { alertsActor, type AlertsContext, type Stay } from './context.ts';

/** Reads the funnels of a handful of deals once each, from the log. */
export const funnelReader = ({ events }: AlertsContext) => {
  const read = new Map<string, Promise<Funnel>>();
  return (funnelId: string): Promise<Funnel> => {
    const known = read.get(funnelId) ?? events.load(funnel, funnelStream(funnelId)).then(({ state }) => state);
    read.set(funnelId, known);
    return known;
  };
};
type FunnelReader = ReturnType<typeof funnelReader>;

/** The deal and its funnel as the log has them now; `undefined` when the log knows one of them not. */
const factsOf = async (
  { events, now, timeZone }: AlertsContext,
  funnels: FunnelReader,
  dealId: string,
): Promise<DwellFacts | undefined> => {
  const { state } = await events.load(deal, dealStream(dealId));
  if (state.status === 'absent') return undefined;
  const defined = await funnels(state.funnelId);
  const definition = defined.status === 'defined' ? funnelAt(defined, now()) : undefined;
  return definition && { deal: state, funnel: definition, now: now(), timeZone };
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

/**
 * Raises the alerts of stays that were found overdue, where the deals as they are now still call for it. First reads, then
 * writes: taking turns, each write would wait for the disk alone.
 */
export const raiseTogether = async (
  context: AlertsContext,
  funnels: FunnelReader,
  stays: readonly Stay[],
): Promise<void> => {
  const facts = await Promise.all(stays.map(({ dealId }) => factsOf(context, funnels, dealId)));
  const raise = async ({ dealId, stageEntry }: Stay, index: number): Promise<void> => {
    const known = facts[index];
    if (known) await tell(context, dwellAlertId(dealId, stageEntry), { type: 'RaiseDwellAlert', stageEntry, ...known });
  };
  await Promise.all(stays.map(raise));
};

/** Resolves an alert if its cause is gone. */
export const resolve = async (context: AlertsContext, funnels: FunnelReader, alertId: string): Promise<void> => {
  const { state } = await context.events.load(alert, alertStream(alertId));
  if (state.status === 'absent' || state.status === 'resolved') return;
  const facts = await factsOf(context, funnels, state.facts.dealId);
  const because = facts && dwellCauseGone(state.facts, facts);
  if (because) await tell(context, alertId, { type: 'ResolveAlert', because });
};
