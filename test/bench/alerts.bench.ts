/**
 * (d) Many deals fall due at the same instant: alarms a second, and how late each is. Arguments: how many deals, and in how
 * many seconds they fall due; a busy machine needs more of them to write the deals before.
 */
import { stringify } from 'csv-stringify/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { call, beginImport, endOfImport, viewsHaveSeen } from '../support/client.ts';
import { processNames, startProduct } from '../support/product.ts';
import { peakMemory, printTable, quantile, round } from './figures.ts';

const deals = Number(process.argv[2] ?? 100_000);
const limitDays = 10;
const leadMs = Number(process.argv[3] ?? deals * 0.0012 + 30) * 1_000;

const product = await startProduct();
const due = Math.ceil((Date.now() + leadMs) / 1_000) * 1_000;
const since = new Date(due - limitDays * 86_400_000).toISOString();
const mapping = {
  format: 'event-log',
  columns: { deal: 'deal', time: 'time', activity: 'activity', amount: 'amount' },
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  funnel: {
    id: 'due',
    label: 'Due',
    stages: [{ key: 'lead', label: 'Lead', part: 'top', weight: 0.1, maxDwellDays: limitDays }],
  },
  events: [{ when: { activity: 'added' }, event: 'ProspectAdded', stage: 'lead' }],
};
const rows = Array.from({ length: deals }, (_, index) => [`d${index}`, since, 'added', '1000']);
const file = new Blob([stringify([['deal', 'time', 'activity', 'amount'], ...rows])]);
const job = await endOfImport(
  product,
  await beginImport(product, { file, mapping: new Blob([JSON.stringify(mapping)]) }),
);
if (job.status !== 'done') throw new Error(`import ${job.status}: ${job.fault}`);
await viewsHaveSeen(product, job.position);
const early = due - Date.now();
console.log(`${deals} deals are there ${round(early / 1_000)} s before they fall due`);
if (early < 0) throw new Error('the deals were due before they were all there; give more lead');

/** Instants at which alerts were raised, by asking for what is new only: asking must not slow down what is measured. */
const raisedAt: number[] = [];
let seen = job.position;
const newlyRaised = async (): Promise<void> => {
  const text = await (await call(product, `/api/events?types=AlertRaised&after=${seen}`)).text();
  for (const line of text.split('\n').filter(Boolean)) {
    const event = JSON.parse(line) as { time: string; sequence: string };
    raisedAt.push(Date.parse(event.time));
    seen = event.sequence;
  }
};
await pause(due - Date.now());
const giveUp = due + deals * 10 + 60_000;
while (raisedAt.length < deals) {
  if (Date.now() > giveUp) throw new Error(`only ${raisedAt.length} of ${deals} alerts`);
  await pause(1_000);
  await newlyRaised();
}
const lateness = raisedAt.map((at) => (at - due) / 1_000);
const first = quantile(lateness, 0);
const last = quantile(lateness, 1);
printTable(
  ['deals due at once', 'alerts', 'per second', 'first s late', 'median', 'p99', 'last'],
  [
    [
      deals,
      raisedAt.length,
      round(deals / (last - first)),
      round(first, 1),
      round(quantile(lateness, 0.5), 1),
      round(quantile(lateness, 0.99), 1),
      round(last, 1),
    ],
  ],
);
const pids = await product.processes();
printTable(
  ['process', 'peak MiB'],
  processNames.map((name) => [name, round(peakMemory(pids[name]))]),
);
await product.stop();
