import { connectAlarmClock, pingRedis, type AlarmClock } from '@funnel/jobs';
import type { AlertsContext, AlertTask } from './context.ts';
import { raise, resolve } from './fire.ts';
import { definitionsInForce, limitedStages } from './definitions.ts';
import { nextDueSeconds } from './overdue.ts';
import { importIsRunning } from './quiet-times.ts';
import { Watch, watchedViews, type Findings } from './watch.ts';

export interface AlertsRole {
  stop(): Promise<void>;
}
export interface AlertsRoleSettings extends AlertsContext {
  readonly redisUrl: string;
  readonly onFault: (what: string, fault: unknown) => void;
  readonly sweepEveryMs?: number;
}

/** Rings ahead for what becomes due before the next sweeps would find it. */
const horizonMs = 60_000;

const tasksOf = ({ stays, outlived }: Findings): AlertTask[] => [
  ...(stays.length ? [{ kind: 'raise', stays } as const] : []),
  ...(outlived.length ? [{ kind: 'resolve', alertIds: outlived.map(({ alertId }) => alertId) } as const] : []),
];

const sweep = async (context: AlertsContext, clock: AlarmClock<AlertTask>, watch: Watch): Promise<void> => {
  // One unfinished alarm is this sweep itself; more means that the last one's findings are still being worked on.
  if ((await clock.unfinished()) > 1 || (await importIsRunning(context))) return;
  const { events, views } = context;
  const head = await events.head();
  // An alert is judged by the present, never by history being read.
  if (!(await views.waitFor(watchedViews, head, { timeoutMs: 2_000 }))) return;
  for await (const findings of watch.look(context, head)) {
    await clock.ring(tasksOf(findings).map((task) => ({ task })));
  }
  const soon = await nextDueSeconds(context, limitedStages(await definitionsInForce(context)), horizonMs);
  await clock.ring([...soon].map((at) => ({ id: `sweep-at-${at}`, at, task: { kind: 'sweep' } as const })));
};

/**
 * Finds what is due with one clock and tells it to the log. Redis only makes it sooner: whatever is lost there, the next
 * sweep finds again, and the same cause is the same command.
 */
export const startAlerts = async (settings: AlertsRoleSettings): Promise<AlertsRole> => {
  const { redisUrl, onFault, sweepEveryMs = 5_000 } = settings;
  const watch = new Watch();
  const perform = async (task: AlertTask): Promise<void> => {
    switch (task.kind) {
      case 'sweep':
        return sweep(settings, clock, watch);
      case 'raise':
        return raise(settings, task.stays);
      case 'resolve':
        return resolve(settings, task.alertIds);
    }
  };
  const clock: AlarmClock<AlertTask> = connectAlarmClock<AlertTask>({
    url: redisUrl,
    name: 'alerts',
    onRing: perform,
    onFailure: ({ kind }, fault) => onFault(`alerts: ${kind}`, fault),
  });
  const wind = async () => {
    try {
      await pingRedis(redisUrl);
      await clock.ringEvery(sweepEveryMs, 'sweep', { kind: 'sweep' });
    } catch (fault) {
      onFault('alerts: Redis does not answer, so nothing is found to be due', fault);
    }
  };
  await wind();
  // Said again now and then, so that a Redis that was flushed, or away, starts ringing again.
  const rewind = setInterval(() => void wind(), 15_000);
  return {
    stop: async () => {
      clearInterval(rewind);
      await clock.close();
    },
  };
};
