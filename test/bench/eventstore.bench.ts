/**
 * (e) The event store beside a stub that answers the same protocol and stores nothing: both in processes of their own, asked in
 * turns by the official client in this one. With a number as argument, also what that many events do to the server's memory;
 * with a word after it, only the measures whose name has it.
 */
import { EventStoreDBClient, jsonEvent, type EventData } from '@eventstore/db-client';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved, median, peakMemory, printTable, round, seconds } from './figures.ts';
import { inFlight } from './load.ts';
import { payload } from './payload.ts';
import { startProgram, startServer, type RunningServer } from './servers.ts';

const [many = '0', only = ''] = process.argv.slice(2);
const rounds = 5;
const readCount = 20_000;
const batchSize = 100;

const connect = ({ port }: RunningServer): EventStoreDBClient =>
  EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);

const events = (count: number): EventData[] =>
  Array.from({ length: count }, (_, number) => jsonEvent({ type: 'Measured', data: payload(number) }));

interface Load {
  readonly appends: number;
  readonly hands: number;
  readonly batch: number;
}

/** Appends, each hand to a stream of its own; events a second. */
const append = async (client: EventStoreDBClient, { appends, hands, batch }: Load): Promise<number> => {
  const batches = Array.from({ length: appends }, () => events(batch));
  let stream = 0;
  globalThis.gc?.();
  const took = await seconds(() =>
    inFlight(hands, batches, async (next) => void (await client.appendToStream(`bench-${stream++ % hands}`, next))),
  );
  return (appends * batch) / took;
};

/** Takes `readCount` events out of whatever gives them; events a second. */
const take = async (from: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  globalThis.gc?.();
  const took = await seconds(async () => {
    for await (const _ of from) if (++count === readCount) return;
  });
  if (count !== readCount) throw new Error(`${count} of ${readCount} events`);
  return readCount / took;
};

const measures = (client: EventStoreDBClient) => ({
  'append, 1 in flight': () => append(client, { appends: 1_000, hands: 1, batch: 1 }),
  'append, 64 in flight': () => append(client, { appends: 20_000, hands: 64, batch: 1 }),
  'append, batches of 100': () => append(client, { appends: 150, hands: 1, batch: batchSize }),
  'append, batches of 100, 8 in flight': () => append(client, { appends: 240, hands: 8, batch: batchSize }),
  'read a stream': () => take(client.readStream('to-read', { maxCount: readCount })),
  'read everything': () => take(client.readAll({ maxCount: readCount })),
  'subscribe to a stream': () => take(client.subscribeToStream('to-read')),
  'subscribe to everything': () => take(client.subscribeToAll()),
});
type Measure = keyof ReturnType<typeof measures>;

const compare = async (): Promise<void> => {
  const ours = await startServer('eventstore');
  const stub = await startProgram(['test/bench/stub/eventstore.ts', String(readCount)]);
  const clients = { ours: connect(ours), stub: connect(stub) };
  for (let written = 0; written < readCount; written += 500) await clients.ours.appendToStream('to-read', events(500));
  const measure = { ours: measures(clients.ours), stub: measures(clients.stub) };
  const names = (Object.keys(measure.ours) as Measure[]).filter((name) => name.includes(only));
  const rows: string[][] = [];
  for (const name of names) {
    await Promise.all([measure.ours[name](), measure.stub[name]()]); // warms both up
    const rates = await interleaved(rounds, { ours: measure.ours[name], stub: measure.stub[name] });
    const [own, bare] = [median(rates.ours), median(rates.stub)];
    rows.push([name, round(own), round(bare), round(own / bare, 2)]);
  }
  printTable(['events a second', 'event store', 'stub', 'ratio'], rows);
  printTable(['process', 'peak MiB'], [['event store', round(peakMemory(ours.pid))]]);
  // Not waited for: a client waits without end for a subscription that was broken out of while much was on its way.
  for (const client of Object.values(clients)) void client.dispose();
  await ours.close();
  await stub.close();
};

/** Writes that many events, reads them all, starts again and reads them again: whether memory grows with the log. */
const grow = async (count: number): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'funnel-bench-'));
  const rows: string[][] = [];
  const report = async (what: string, took: number, pid: number): Promise<void> => {
    const { size } = await stat(join(folder, 'events.db'));
    rows.push([what, round(took, 1), round(count / took), round(peakMemory(pid)), round(size / 1024 ** 2)]);
  };
  const readAll = (client: EventStoreDBClient) =>
    seconds(async () => {
      for await (const _ of client.readAll());
    });
  for (const life of ['first', 'second']) {
    let server: RunningServer | undefined;
    const started = await seconds(async () => (server = await startServer('eventstore', folder)));
    if (life === 'second') await report('start again', started, server!.pid);
    const client = connect(server!);
    if (life === 'first') await report('write', await fill(client, count), server!.pid);
    await report(`read, ${life} life`, await readAll(client), server!.pid);
    await client.dispose();
    await server!.close();
  }
  await rm(folder, { recursive: true });
  printTable([`${round(count)} events`, 'seconds', 'events/s', 'peak MiB', 'file MiB'], rows);
};

/** Seconds that it takes to write so many events to streams of a thousand. */
const fill = (client: EventStoreDBClient, count: number): Promise<number> => {
  const batches = function* (): Generator<number> {
    for (let written = 0; written < count; written += batchSize) yield written;
  };
  const work = async (from: number): Promise<void> => {
    await client.appendToStream(`deal-${Math.floor(from / 1_000)}`, events(Math.min(batchSize, count - from)));
  };
  return seconds(() => inFlight(8, batches(), work));
};

await compare();
if (Number(many) > 0) await grow(Number(many));
process.exit();
