/** (b) Commands over HTTP until the append is acknowledged; beside them, when installed, emmett without HTTP. */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { call, get, send, type Answer } from '../support/client.ts';
import { processNames, startProduct, type Product } from '../support/product.ts';
import { median, peakMemory, printTable, quantile, round } from './figures.ts';

const deals = Number(process.argv[2] ?? 2_000);
const eventsBefore = 10;
const rounds = 3;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const post = (product: Product, path: string, body: object): Promise<number> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${product.token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    const sent = request(`${product.url}${path}`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(text);
  });

const inFlight = async (
  count: number,
  paths: Iterable<string>,
  work: (path: string) => Promise<void>,
): Promise<void> => {
  const queue = paths[Symbol.iterator]();
  const hand = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: count }, hand));
};

const ids = (prefix: string) => Array.from({ length: deals }, (_, index) => `${prefix}-${index}`);

/** Deals with ten events each. */
const seed = async (product: Product, prefix: string): Promise<void> => {
  const amount = { value: '1000.00', currency: 'CNY' };
  await inFlight(32, ids(prefix), async (id) => {
    await send(product, 'POST', '/api/deals', { id, title: id, customer: { name: id }, amount, funnelId: 'six-step' });
    for (let event = 1; event < eventsBefore; event += 1) {
      await send(product, 'POST', `/api/deals/${id}/contacts`, { kind: 'call', note: `call ${event}` });
    }
  });
};

/** A peer may log its own troubles before its answer. */
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

interface Run {
  readonly perSecond: number;
  readonly latencies: number[];
  readonly failed: number;
}

const measure = async (product: Product, prefix: string, hands: number): Promise<Run> => {
  const latencies: number[] = [];
  let failed = 0;
  const started = performance.now();
  await inFlight(hands, ids(prefix), async (id) => {
    const sent = performance.now();
    const status = await post(product, `/api/deals/${id}/contacts`, { kind: 'visit', note: 'measured' });
    latencies.push(performance.now() - sent);
    if (status !== 200) failed += 1;
  });
  return { perSecond: deals / ((performance.now() - started) / 1_000), latencies, failed };
};

/** How many of the acknowledged commands are not in the log. */
const lost = async (product: Product, expected: number): Promise<number> => {
  const response = await call(product, '/api/events?types=ContactLogged');
  const lines = (await response.text()).split('\n').filter(Boolean);
  return expected - lines.filter((line) => line.includes('"measured"')).length;
};

const product = await startProduct();
const runs: Record<number, Run[]> = { 1: [], 32: [] };
for (let turn = 0; turn < rounds; turn += 1) {
  for (const hands of [1, 32]) {
    const prefix = `r${turn}h${hands}`;
    await seed(product, prefix);
    (runs[hands] ??= []).push(await measure(product, prefix, hands));
  }
}
const rows = [1, 32].map((hands) => {
  const list = runs[hands] ?? [];
  const latencies = list.flatMap((run) => run.latencies);
  const failed = list.reduce((sum, run) => sum + run.failed, 0);
  const perSecond = round(median(list.map((run) => run.perSecond)));
  return [
    'ours, over HTTP',
    hands,
    perSecond,
    round(quantile(latencies, 0.5), 2),
    round(quantile(latencies, 0.99), 2),
    failed,
  ];
});
const missing = await lost(product, 2 * rounds * deals);
const head = await get<Answer<'listViews'>>(product, '/api/views');
const pids = await product.processes();
const memory = processNames.map((name) => [name, round(peakMemory(pids[name]))]);
await product.stop();

const peers = 'test/bench/peers';
if (existsSync(`${peers}/node_modules`)) {
  const { stdout, status } = spawnSync(
    process.execPath,
    [`${peers}/emmett.js`, `${deals}`, `${eventsBefore}`, `${rounds}`],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (status === 0) rows.push(...(JSON.parse(lastLine(stdout)) as (string | number)[][]));
  else process.exitCode = 1;
} else {
  console.log(`the peers are not installed: npm ci --prefix ${peers}`);
}
printTable(['commands, ten events each', 'in flight', 'per second', 'p50 ms', 'p99 ms', 'failed'], rows);
console.log(
  `acknowledged and not in the log: ${missing}; views at the end: ${head.items.every(({ caughtUp }) => caughtUp) ? 'caught up' : 'behind'}`,
);
printTable(['process', 'peak MiB'], memory);
