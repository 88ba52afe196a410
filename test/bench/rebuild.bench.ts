/**
 * (c) Rebuilding every view from the log, beside a bare `readAll` in a process as new as the worker; and what a reader sees
 * after eight writers at once. Argument: deals of each writer.
 */
import { connectEventStore } from '@funnel/event-store';
import { comparePositions, formatPosition, logStart } from '@funnel/kernel';
import { connectReadStore } from '@funnel/read-store';
import { salesEvents } from '@funnel/sales';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { salesViews } from '@funnel/sales-views';
import { helperThreads } from '../../infra/launcher/helper-threads.ts';
import { interleaved, median, peakMemory, printTable, round, seconds } from './figures.ts';
import { secondsInNewProcess, startServer } from './servers.ts';

const writers = 8;
const dealsEach = Number(process.argv[2] ?? 4_000);
const eventsEach = 13;

const eventStore = await startServer('eventstore');
const eventStoreUrl = `esdb://127.0.0.1:${eventStore.port}?tls=false`;
const store = connectEventStore({ url: eventStoreUrl }, salesEvents);
const actor = { user: 'bench', role: 'admin' } as const;

const facts = (dealId: string) => {
  const at = Date.parse('2026-01-01T00:00:00Z');
  const about = { recordedAt: at, actor, commandId: dealId, correlationId: dealId, causationId: dealId };
  const amount = { minor: 100_000, currency: 'CNY' };
  const added = {
    dealId,
    title: dealId,
    customer: { name: dealId },
    amount,
    funnelId: 'six-step',
    stage: 'lead',
    ownerId: 'a',
    expectedClose: null,
  };
  const rest = Array.from({ length: eventsEach - 1 }, (_, n) => ({
    ...about,
    id: randomUUID(),
    at: at + n + 1,
    ...(n % 4 === 0
      ? { type: 'DealValued', data: { dealId, amount: { ...amount, minor: 100_000 + n } } }
      : { type: 'ContactLogged', data: { dealId, kind: 'call', note: `call ${n}` } }),
  }));
  return [{ ...about, id: randomUUID(), at, type: 'ProspectAdded', data: added }, ...rest];
};

await Promise.all(
  Array.from({ length: writers }, async (_, writer) => {
    for (let deal = 0; deal < dealsEach; deal += 1) {
      const dealId = `w${writer}d${deal}`;
      const all = facts(dealId);
      // Two appends a deal, so that the writers' streams interleave.
      await store.appendFacts(`deal-${dealId}`, all.slice(0, 5));
      await store.appendFacts(`deal-${dealId}`, all);
    }
  }),
);
const eventCount = writers * dealsEach * eventsEach;
const head = await store.head();

const everyEventOnceInOrder = async (): Promise<string> => {
  const seen = new Set<string>();
  let last = logStart;
  let disorder = 0;
  for await (const event of store.readAll({ streams: ['deal-'] })) {
    if (comparePositions(event.position, last) <= 0) disorder += 1;
    last = event.position;
    seen.add(event.id);
  }
  return `${seen.size} of ${eventCount} events, ${disorder} out of order, up to ${formatPosition(last)}`;
};

let workerPeak = 0;
let mongoPeak = 0;
const rebuild = async (): Promise<number> => {
  const mongo = await startServer('mongo');
  const url = `mongodb://127.0.0.1:${mongo.port}/funnel?directConnection=true`;
  const env = {
    ...process.env,
    EVENTSTORE_URL: eventStoreUrl,
    MONGODB_URL: url,
    REDIS_URL: 'redis://127.0.0.1:1',
    WORKER_ROLES: 'projections',
  };
  const views = await connectReadStore({ url });
  const worker = spawn(process.execPath, [helperThreads, 'dist/worker.js'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => worker.stdout.once('data', resolve));
  const took = await seconds(async () => {
    while (!(await views.waitFor(salesViews, head, { timeoutMs: 60_000 }))) await pause(10);
  });
  workerPeak = Math.max(workerPeak, peakMemory(worker.pid ?? 0));
  mongoPeak = Math.max(mongoPeak, peakMemory(mongo.pid));
  worker.kill('SIGTERM');
  await new Promise((resolve) => worker.once('exit', resolve));
  await views.close();
  await mongo.close();
  return took;
};

const bareRead = () => secondsInNewProcess('test/bench/bare/read-all.ts', [eventStoreUrl, `${eventCount}`]);

const took = await interleaved(5, { rebuild, bareRead });
const rate = (name: keyof typeof took) => eventCount / median(took[name]);
printTable(
  ['log of eight writers', 'seconds', 'events/s', 'ours ÷ this'],
  [
    [`rebuild of ${salesViews.length} views`, round(median(took.rebuild), 2), round(rate('rebuild')), ''],
    [
      'bare readAll, in a new process',
      round(median(took.bareRead), 2),
      round(rate('bareRead')),
      round(rate('rebuild') / rate('bareRead'), 2),
    ],
  ],
);
console.log(await everyEventOnceInOrder());
printTable(
  ['process', 'peak MiB'],
  [
    ['worker', round(workerPeak)],
    ['mongo', round(mongoPeak)],
    ['eventstore', round(peakMemory(eventStore.pid))],
  ],
);
await store.close();
await eventStore.close();
