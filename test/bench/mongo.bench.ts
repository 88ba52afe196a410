/** The embedded MongoDB with 200,000 documents of 1 kB: how long it takes to answer, and how much memory it takes. */
import { serialize } from 'bson';
import { type Document, MongoClient } from 'mongodb';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { peakMemory, printTable, quantile, round, seconds } from './figures.ts';
import { startServer } from './servers.ts';

const documents = Number(process.argv[2] ?? 200_000);
const requests = 20_000;
const batch = 1_000;
const groups = documents / 20;

const server = await startServer('mongo');
const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
const collection = client.db('bench').collection<Document & { _id: string }>('rows');

const filler = 'x'.repeat(900);
const row = (n: number) => ({
  _id: `deal-${n}`,
  group: n % groups,
  rank: (n * 7_919) % documents,
  owner: `rep-${n % 500}`,
  since: new Date(1_700_000_000_000 + n * 1_000),
  filler,
});
await collection.createIndex({ group: 1, rank: -1 });
await collection.createIndex({ owner: 1, since: 1 });
await collection.createIndex({ rank: 1 }, { unique: true });
const loading = await seconds(async () => {
  for (let from = 0; from < documents; from += batch) {
    await collection.insertMany(Array.from({ length: Math.min(batch, documents - from) }, (_, n) => row(from + n)));
  }
});

/** A client that does nothing but send and wait, so that what is measured is the server and the way there. */
const socket: Socket = connect(server.port, '127.0.0.1').setNoDelay();
await once(socket, 'connect');
const message = (command: Document): Buffer => {
  const body = serialize({ ...command, $db: 'bench' });
  const bytes = Buffer.alloc(21 + body.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(2013, 12);
  bytes.set(body, 21);
  return bytes;
};
const roundTrip = (bytes: Buffer): Promise<number> =>
  new Promise((resolve) => {
    const sent = performance.now();
    let missing = Number.NaN;
    const take = (chunk: Buffer): void => {
      missing = (Number.isNaN(missing) ? chunk.readInt32LE(0) : missing) - chunk.length;
      if (missing > 0) return;
      socket.off('data', take);
      resolve(performance.now() - sent);
    };
    socket.on('data', take);
    socket.write(bytes);
  });

const questions: Record<string, (n: number) => Document> = {
  'nothing (ping)': () => ({ ping: 1 }),
  'by id': (n) => ({ find: 'rows', filter: { _id: `deal-${n}` } }),
  'equality and sort, first 20': (n) => ({
    find: 'rows',
    filter: { group: n % groups },
    sort: { rank: -1 },
    limit: 20,
  }),
  'range, first 20': (n) => ({ find: 'rows', filter: { rank: { $gte: n } }, sort: { rank: 1 }, limit: 20 }),
  'equality and range, first 20': (n) => ({
    find: 'rows',
    filter: { owner: `rep-${n % 500}`, since: { $gt: new Date(1_700_000_000_000) } },
    limit: 20,
  }),
  'replace by id': (n) => ({
    update: 'rows',
    updates: [{ q: { _id: `deal-${n}` }, u: { ...row(n), owner: `rep-${(n + 1) % 500}` } }],
  }),
};

const measure = async (ask: (n: number) => Document): Promise<number[]> => {
  const latencies: number[] = [];
  for (let i = 0; i < requests; i += 1) latencies.push(await roundTrip(message(ask((i * 104_729) % documents))));
  return latencies;
};
/** What the server has worked so far, in milliseconds of a core: that it had to wait for one is not its doing. */
const worked = (): number => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const rows: string[][] = [];
for (const [name, ask] of Object.entries(questions)) {
  const before = worked();
  const latencies = await measure(ask);
  const work = (worked() - before) / requests;
  rows.push([name, round(work, 3), round(quantile(latencies, 0.5), 3), round(quantile(latencies, 0.99), 3)]);
}
console.log(`${documents} documents of 1 kB loaded in ${round(loading, 1)} s, with three indexes`);
printTable(['20,000 of each, one after the other', 'server ms', 'round trip p50', 'p99'], rows);

const resident = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
printTable(
  ['memory of the server', 'MiB'],
  [
    ['now', round(resident(server.pid))],
    ['at its peak', round(peakMemory(server.pid))],
  ],
);
socket.destroy();
await client.close();
await server.close();
