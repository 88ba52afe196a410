/**
 * (a) Importing the bank's log until every view has caught up, beside a bare loop of the same appends, from a product and a
 * process that are both new.
 */
import { createRowInterpreter, mapping, type Row } from '@funnel/importing';
import { dealStream } from '@funnel/sales';
import { parse } from 'csv-parse/sync';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bankLoans, bankLoansAreHere } from '../support/bank-loans.ts';
import { beginImport, endOfImport, viewsHaveSeen } from '../support/client.ts';
import { processNames, startProduct } from '../support/product.ts';
import { interleaved, median, peakMemory, printTable, round, seconds } from './figures.ts';
import type { BareStream } from './bare/append-all.ts';
import { secondsInNewProcess, startServer } from './servers.ts';

if (!bankLoansAreHere) {
  console.log('skipped: the bank’s log is not here');
  process.exit(0);
}

const { file, mapping: described } = await bankLoans();
const streams: readonly BareStream[] = await (async () => {
  const rows = parse(gunzipSync(Buffer.from(await file.arrayBuffer())), { columns: true }) as Row[];
  const interpret = createRowInterpreter(mapping.parse(JSON.parse(await described.text())), Date.now());
  const byDeal = new Map<string, BareStream['events'][number][]>();
  for (const said of rows.flatMap((row, index) => interpret(row, index + 2))) {
    if (said.kind !== 'events') continue;
    const events = byDeal.get(said.dealId) ?? [];
    byDeal.set(said.dealId, events);
    for (const { at, event } of said.events) {
      const metadata = { occurredAt: new Date(at).toISOString(), actor: { user: 'bench', role: 'admin' } };
      events.push({ type: event.type, data: event.data as unknown as Record<string, string>, metadata });
    }
  }
  return [...byDeal].map(([dealId, events]) => ({ stream: dealStream(dealId), events }));
})();
const eventCount = streams.reduce((sum, { events }) => sum + events.length, 0);

const memory = Object.fromEntries(processNames.map((name) => [name, 0]));
const product = async (): Promise<number> => {
  const running = await startProduct();
  const took = await seconds(async () => {
    const job = await endOfImport(running, await beginImport(running, { file, mapping: described }));
    if (job.eventsWritten !== eventCount) throw new Error(`${job.eventsWritten} of ${eventCount} events: ${job.fault}`);
    await viewsHaveSeen(running, job.position);
  });
  const pids = await running.processes();
  for (const name of processNames) memory[name] = Math.max(memory[name] ?? 0, peakMemory(pids[name]));
  await running.stop();
  return took;
};

const folder = await mkdtemp(join(tmpdir(), 'funnel-bench-streams-'));
const streamsFile = join(folder, 'streams.json');
await writeFile(streamsFile, JSON.stringify(streams));
const bare = (inFlight: number) => async (): Promise<number> => {
  const server = await startServer('eventstore');
  const url = `esdb://127.0.0.1:${server.port}?tls=false`;
  const took = await secondsInNewProcess('test/bench/bare/append-all.ts', [url, streamsFile, `${inFlight}`]);
  await server.close();
  return took;
};

const took = await interleaved(3, { product, one: bare(1), many: bare(48) });
await rm(folder, { recursive: true });
const rate = (name: keyof typeof took) => eventCount / median(took[name]);
printTable(
  ['import of the bank’s log', 'seconds', 'events/s', 'ours ÷ this'],
  [
    ['ours, until every view has caught up', round(median(took.product), 1), round(rate('product')), ''],
    [
      'bare appends, one by one',
      round(median(took.one), 1),
      round(rate('one')),
      round(rate('product') / rate('one'), 2),
    ],
    [
      'bare appends, 48 in flight',
      round(median(took.many), 1),
      round(rate('many')),
      round(rate('product') / rate('many'), 2),
    ],
  ],
);
printTable(
  ['process', 'peak MiB'],
  processNames.map((name) => [name, round(memory[name] ?? 0)]),
);
