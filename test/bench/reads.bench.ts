/**
 * (g) Reads over a large company: how long each takes, asked one at a time, and how long one deal takes for somebody else
 * meanwhile. Arguments: how many deals; a data folder to seed once and use again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { call, get, send, until, type Answer, type Job } from '../support/client.ts';
import { processNames, startProduct } from '../support/product.ts';
import { median, peakMemory, printTable, quantile, round } from './figures.ts';

const deals = Number(process.argv[2] ?? 100_000);
const dataFolder = process.argv[3];
const rounds = 7;
const busyMs = 4_000;
/** Between two questions for one deal, as a person's clicks have time between them. */
const restMs = 3;

const product = await startProduct(dataFolder ? { dataFolder } : {});
/** Years of events take their time. */
const patienceSeconds = 3_600;

const seeded = async (wanted: { deals: number; seed: number }): Promise<void> => {
  const { id } = await send<Job>(product, 'POST', '/api/demonstration', { years: 3, ...wanted });
  const look = () => get<Job>(product, `/api/imports/${id}`);
  const job = await until(look, ({ status }) => status !== 'running', patienceSeconds);
  if (job.status !== 'done') throw new Error(`seeding ${job.status}: ${job.fault}`);
};
const viewsAreThere = () =>
  until(
    () => get<Answer<'listViews'>>(product, '/api/views'),
    ({ items }) => items.every(({ caughtUp }) => caughtUp),
    patienceSeconds,
  );

const beginning = performance.now();
await viewsAreThere();
if (!(await call(product, `/api/deals/demo-1-${deals}`)).ok) await seeded({ deals, seed: 1 });
await viewsAreThere();
console.log(`${round(deals)} deals are there after ${round((performance.now() - beginning) / 1_000)} s`);

const dayMs = 86_400_000;
const now = Date.now();
const instant = (at: number): string => encodeURIComponent(new Date(at).toISOString());
/** Parameters that ask the same in another way each time, for an answer that is made anew and not kept. */
const past = (nth: number) => `asOf=${instant(now - 200 * dayMs - nth)}`;
const lately = (nth: number) => `asOf=${instant(now - nth)}`;
const month = (nth: number) => `from=${instant(now - 30 * dayMs - nth)}`;
const ever = (nth: number) => `from=${instant(nth)}`;
const known = `knownAt=${instant(now + dayMs)}`;
const year = new Date(now).getUTCFullYear();

const report = '/api/funnels/demo/report';
const quota = '/api/quotas/report';
const reads: readonly (readonly [name: string, path: (nth: number) => string])[] = [
  ['funnel report', (nth) => `${report}?${ever(nth)}`],
  ['… of a team, this month', (nth) => `${report}?team=north&${month(nth)}`],
  ['… of an owner', (nth) => `${report}?owner=wu-fang&${ever(nth)}`],
  ['… as of a past day', (nth) => `${report}?${past(nth)}`],
  ['… by what was known', (nth) => `${report}?${past(nth)}&${known}`],
  ['quota, company and year', (nth) => `${quota}?subject=company&period=${year}&${lately(nth)}`],
  ['… of a team, as of a past day', (nth) => `${quota}?subject=team-north&period=${year}-Q1&${past(nth)}`],
  ['aging', (nth) => `/api/aging?funnel=demo&limit=${50 + (nth % 1_000)}`],
  ['… what is over, of a team', (nth) => `/api/aging?team=north&state=over&limit=${50 + (nth % 1_000)}`],
  ['… as of a past day', (nth) => `/api/aging?funnel=demo&${past(nth)}`],
  ['waterfall', (nth) => `/api/funnels/demo/waterfall?${month(nth)}`],
  ['deals, first page', () => '/api/deals'],
  ['… open ones by amount', () => '/api/deals?status=open&sort=amount'],
  ['… of a team by dwell', () => '/api/deals?team=north&sort=dwell'],
  ['… found by words', () => '/api/deals?q=xinrui%20laser'],
  ['… as of a past day', (nth) => `/api/deals?status=open&${past(nth)}`],
  ['history of a deal', () => '/api/deals/demo-1-1/history'],
  ['one deal', () => '/api/deals/demo-1-1'],
  ['alerts', () => '/api/alerts?status=open'],
  ['company', () => '/api/company'],
];
let asked = 0;

const authorization = `Bearer ${product.token}`;
/** Milliseconds from asking to the last byte. */
const ask = async (path: string): Promise<number> => {
  const sent = performance.now();
  const { statusCode, body } = await request(product.url + path, { headers: { authorization } });
  await body.dump({ limit: Number.MAX_SAFE_INTEGER });
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`);
  return performance.now() - sent;
};

/** Work that goes on until it is told to stop. */
type Work = (stop: AbortSignal) => Promise<unknown>;

const anew =
  (path: (nth: number) => string): Work =>
  async (stop) => {
    while (!stop.aborted) await ask(path((asked += 1)));
  };

const exporting =
  (format: string): Work =>
  async (stop) => {
    const path = `/api/export?format=${format}${format === 'xes' ? '&funnel=demo' : ''}`;
    const { body } = await request(product.url + path, { headers: { authorization }, signal: stop });
    for await (const _ of body);
  };

let company = 1;
/** Small companies one after another: an import cannot be taken back. */
const importing: Work = async (stop) => {
  while (!stop.aborted) await seeded({ deals: 500, seed: (company += 1) });
};

let deal = 0;
/** How long one deal takes while the work goes on. */
const besides = async (work: Work): Promise<number[]> => {
  const stopping = new AbortController();
  const working = work(stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  const took: number[] = [];
  const end = performance.now() + busyMs;
  while (performance.now() < end) {
    took.push(await ask(`/api/deals/demo-1-${((deal += 37) % deals) + 1}`));
    await pause(restMs);
  }
  stopping.abort();
  await working;
  return took;
};

const p99 = (values: readonly number[]): string => round(quantile(values, 0.99), 1);
const oneDeal = (took: readonly number[]) => [round(median(took), 1), p99(took)];

const alone = await besides(async () => undefined);
const lines: (string | number)[][] = [['nothing', '', '', '', ...oneDeal(alone)]];
for (const [name, path] of reads) {
  const first = await ask(path(0));
  const made: number[] = [];
  const kept: number[] = [];
  for (let at = 0; at < rounds; at += 1) {
    made.push(await ask(path((asked += 1))));
    kept.push(await ask(path(asked)));
  }
  const own = [first, median(made), median(kept)].map((ms) => round(ms, 1));
  lines.push([name, ...own, ...oneDeal(await besides(anew(path)))]);
}
for (const format of ['ndjson', 'csv', 'parquet', 'xes']) {
  lines.push([`export as ${format}`, '', '', '', ...oneDeal(await besides(exporting(format)))]);
}
lines.push(['import', '', '', '', ...oneDeal(await besides(importing))]);
printTable(['read', 'first ms', 'made anew', 'asked again', 'one deal meanwhile: median', 'p99'], lines);

const pids = await product.processes();
printTable(
  ['process', 'peak MiB'],
  processNames.map((name) => [name, round(peakMemory(pids[name]))]),
);
await product.stop();
