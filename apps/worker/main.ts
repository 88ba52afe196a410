import { auditEvents } from '@funnel/audit';
import { connectEventStore } from '@funnel/event-store';
import { connectReadStore, runViews, type EngineEvent } from '@funnel/read-store';
import { salesEvents } from '@funnel/sales';
import { randomUUID } from 'node:crypto';
import { constants, hostname, setPriority } from 'node:os';
import { pino } from 'pino';
import { startAlerts } from './alerts/alerts-role.ts';
import { startAudit } from './audit/audit-role.ts';
import { openSigningKey } from './audit/signing-key.ts';
import { readSettings, type WorkerSettings } from './settings.ts';
import { salesViews } from '@funnel/sales-views';

const log = pino(
  { name: 'worker', level: process.env['LOG_LEVEL'] ?? 'warn' },
  pino.destination({ fd: 2, sync: true }),
);

const tell = (event: EngineEvent): void => {
  const { kind } = event;
  const isTrouble = 'error' in event || 'reason' in event;
  const { error: err, ...about } = { error: undefined, ...event };
  log[isTrouble ? 'warn' : 'info']({ ...about, ...(err !== undefined && { err }) }, `views: ${kind}`);
};

const run = async (settings: WorkerSettings): Promise<void> => {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  process.once('disconnect', () => stopping.abort());

  const does = (role: WorkerSettings['roles'][number]) => settings.roles.includes(role);
  // A key that is none is told before anything is begun.
  const key = does('audit') ? openSigningKey(settings.audit.key) : undefined;
  const events = connectEventStore({ url: settings.eventStoreUrl }, { ...salesEvents, ...auditEvents });
  const views = await connectReadStore({ url: settings.mongoUrl });

  const projecting = does('projections')
    ? runViews({
        store: views,
        log: events,
        views: salesViews,
        owner: `${hostname()}-${process.pid}-${randomUUID()}`,
        signal: stopping.signal,
        onEvent: tell,
      })
    : undefined;
  const alerting = does('alerts')
    ? await startAlerts({
        events,
        views,
        timeZone: settings.timeZone,
        now: Date.now,
        redisUrl: settings.redisUrl,
        onFault: (what, fault) => log.error({ err: fault }, what),
      })
    : undefined;
  const auditing = key
    ? startAudit({
        log: events,
        views,
        path: settings.audit.rootsFile,
        key,
        everyMs: settings.audit.everyMs,
        now: Date.now,
        onFault: (what, fault) => log.error({ err: fault }, what),
      })
    : undefined;
  process.stdout.write(`${JSON.stringify({ event: 'ready', program: 'worker', roles: settings.roles })}\n`);

  await Promise.race([projecting ?? stopped(stopping.signal), stopped(stopping.signal)]);
  stopping.abort();
  await alerting?.stop();
  await auditing?.stop();
  await projecting;
  await views.close();
  await events.close();
};

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

// Where they share a machine, whoever waits for an answer comes first; views and alerts catch up a moment later.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
try {
  await run(readSettings(process.env));
} catch (fault) {
  process.stderr.write(`worker: ${fault instanceof Error ? fault.message : fault}\n`);
  process.exitCode = 1;
}
