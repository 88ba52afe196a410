/**
 * (b) Commands over HTTP until the append is acknowledged. Beside them, round by round: the official client appending alone,
 * and, when installed, emmett without HTTP.
 */
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { call, get, type Answer } from '../support/client.ts';
import { processNames, startProduct, type Product } from '../support/product.ts';
import { median, peakMemory, printTable, quantile, round } from './figures.ts';
import { commandSender, inFlight, measure, type Run } from './load.ts';
import { startServer } from './servers.ts';

const deals = Number(process.argv[2] ?? 4_000);
const eventsBefore = 10;
const rounds = 5;
const handsTried = [1, 32];
const peers = 'test/bench/peers';

const ids = (prefix: string) => Array.from({ length: deals }, (_, index) => `${prefix}-${index}`);

/** Commands on different deals that have ten events each. */
const ours = async (product: Product, turn: number, hands: number): Promise<Run> => {
  const { send, close } = commandSender(product, 32);
  const amount = { value: '1000.00', currency: 'CNY' };
  const items = ids(`r${turn}h${hands}`);
  await inFlight(32, items, async (id) => {
    await send('/api/deals', { id, title: id, customer: { name: id }, amount, funnelId: 'six-step' });
    for (let event = 1; event < eventsBefore; event += 1) {
      await send(`/api/deals/${id}/contacts`, { kind: 'call', note: `call ${event}` });
    }
  });
  const work = async (id: string) =>
    (await send(`/api/deals/${id}/contacts`, { kind: 'visit', note: 'measured' })) === 200;
  const run = await measure({ name: 'ours, over HTTP', hands, items, work });
  await close();
  return run;
};

/** What no command over this protocol can be faster than: the same append, with nothing loaded and nothing decided. */
const bareAppends = async (client: EventStoreDBClient, turn: number, hands: number): Promise<Run> => {
  const name = 'client alone, append only';
  const work = async (id: string) => {
    const data = { dealId: id, kind: 'visit', note: 'measured' };
    return (await client.appendToStream(`deal-${id}`, jsonEvent({ type: 'ContactLogged', data }))).success;
  };
  return measure({ name, hands, items: ids(`b${turn}h${hands}`), work });
};

/** A peer may log its own troubles before its answer. */
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

const emmett = (): Run[] => {
  const args = [`${peers}/emmett.js`, `${deals}`, `${eventsBefore}`, ...handsTried.map(String)];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 ** 2,
  });
  if (status !== 0) throw new Error(`emmett ended with ${status}`);
  return JSON.parse(lastLine(stdout)) as Run[];
};

/** How many of the acknowledged commands are not in the log. */
const lost = async (product: Product, expected: number): Promise<number> => {
  const response = await call(product, '/api/events?types=ContactLogged');
  const lines = (await response.text()).split('\n').filter(Boolean);
  return expected - lines.filter((line) => line.includes('"measured"')).length;
};

const hasPeers = existsSync(`${peers}/node_modules`);
if (!hasPeers) console.log(`the peers are not installed: npm ci --prefix ${peers}`);

const product = await startProduct();
const bare = await startServer('eventstore');
const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${bare.port}?tls=false`);
const runs: Run[] = [];
for (let turn = 0; turn < rounds; turn += 1) {
  for (const hands of handsTried) runs.push(await ours(product, turn, hands));
  for (const hands of handsTried) runs.push(await bareAppends(client, turn, hands));
  if (hasPeers) runs.push(...emmett());
}
const missing = await lost(product, handsTried.length * rounds * deals);
const { items: views } = await get<Answer<'listViews'>>(product, '/api/views');
const pids = await product.processes();
const memory = processNames.map((name) => [name, round(peakMemory(pids[name]))]);
await client.dispose();
await bare.close();
await product.stop();

const rows = [...Map.groupBy(runs, ({ name, hands }) => `${name}\n${hands}`).values()].map((alike) => {
  const latencies = alike.flatMap((run) => run.latencies);
  return [
    alike[0]?.name ?? '',
    alike[0]?.hands ?? '',
    round(median(alike.map(({ perSecond }) => perSecond))),
    round(quantile(latencies, 0.5), 2),
    round(quantile(latencies, 0.99), 2),
    alike.reduce((sum, { failed }) => sum + failed, 0),
  ];
});
printTable(['commands, ten events each', 'in flight', 'per second', 'p50 ms', 'p99 ms', 'failed'], rows);
console.log(
  `acknowledged and not in the log: ${missing}; views at the end: ${views.every(({ caughtUp }) => caughtUp) ? 'caught up' : 'behind'}`,
);
printTable(['process', 'peak MiB'], memory);
