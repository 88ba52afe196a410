import { connectEventStore } from '@funnel/event-store';
import type { History } from '@funnel/forecasting';
import { formatPosition, logStart } from '@funnel/kernel';
import { salesEvents } from '@funnel/sales';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepColumns, type Seen } from '../../../apps/api/forecasting/kept-columns.ts';
import { call, send, until, viewsHaveSeen } from '../../support/client.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { peakMemory, seconds } from '../figures.ts';
import { startServer } from '../servers.ts';

const dealCount = 200;
const requestsEach = 600;

/** The first event of the last stream is as good as any: the file is of this log, and everything after it is read. */
const lastSeen = async (dataFolder: string): Promise<Seen> => {
  const server = await startServer('eventstore', join(dataFolder, 'eventstore'));
  const store = connectEventStore({ url: `esdb://127.0.0.1:${server.port}?tls=false` }, salesEvents);
  let seen: Seen | undefined;
  for await (const { position, stream, revision, id } of store.readAll({ after: logStart })) {
    seen = { position: formatPosition(position), unreadableEvents: 0, last: { stream, revision, id } };
  }
  await store.close();
  await server.close();
  if (!seen) throw new Error('the log is empty');
  return seen;
};

const amount = { value: '1000.00', currency: 'CNY' };

/** A data folder of a product with a few deals, and with the columns of a history that is larger than its log. */
const preparedFolder = async (history: History): Promise<string> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'funnel-bench-product-'));
  const product = await startProduct({ dataFolder });
  for (let deal = 0; deal < dealCount; deal += 1) {
    const body = { id: `b${deal}`, title: `Deal ${deal}`, customer: { name: 'C' }, amount, funnelId: 'six-step' };
    await send(product, 'POST', '/api/deals', body);
  }
  await product.stop();
  await keepColumns(join(dataFolder, 'forecasting', 'history'), history, await lastSeen(dataFolder));
  return dataFolder;
};

let asked = 90;
/** By owner, each time with a horizon that nobody has asked for before: a pass over all rows. */
const reforecastAnew = (product: Product): Promise<Response> => {
  asked += 1;
  const periods = { from: '2023-01-01', to: '2025-12-31', every: 'month', horizonDays: asked };
  const body = JSON.stringify({ funnelId: 'f', by: 'owner', ...periods });
  return call(product, '/api/reforecasts', { method: 'POST', body });
};

/** How long others wait for their answers, in milliseconds: a deal, its history, a page of deals, a report, a command. */
const otherRoutes = async (product: Product): Promise<number[]> => {
  const latencies: number[] = [];
  for (let request = 0; request < requestsEach; request += 1) {
    const deal = `/api/deals/b${request % dealCount}`;
    const contact = { method: 'POST', body: JSON.stringify({ kind: 'call', note: 'and?' }) };
    const ask = [
      () => call(product, deal),
      () => call(product, `${deal}/history`),
      () => call(product, '/api/deals?limit=20'),
      () => call(product, '/api/funnels/six-step/report'),
      () => call(product, `${deal}/contacts`, contact),
    ][request % 5]!;
    const sent = performance.now();
    const response = await ask();
    await response.arrayBuffer();
    latencies.push(performance.now() - sent);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  }
  return latencies;
};

/** The same while somebody asks one re-forecast after the other. */
const whileBusy = async (product: Product, tookEach: number[]): Promise<number[]> => {
  let isOver = false;
  const asking = async () => {
    while (!isOver) tookEach.push(await seconds(async () => (await reforecastAnew(product)).arrayBuffer()));
  };
  const busy = asking();
  const latencies = await otherRoutes(product);
  isOver = true;
  await busy;
  return latencies;
};

export interface Waits {
  /** From the start of the product to its first answer, in seconds. */
  readonly firstAnswer: number;
  /** Latencies of other routes in milliseconds, round by round. */
  readonly idle: readonly (readonly number[])[];
  readonly busy: readonly (readonly number[])[];
  /** What a re-forecast took over HTTP, in seconds. */
  readonly reforecasts: readonly number[];
  /** Of the API with its threads, in MiB. */
  readonly memory: number;
}

/** The whole product on the columns of a history: how soon it answers, and whether others wait for it. */
export const waitsBeside = async (history: History, rounds: number): Promise<Waits> => {
  const dataFolder = await preparedFolder(history);
  let product: Product | undefined;
  const firstAnswer = await seconds(async () => {
    const started = await startProduct({ dataFolder });
    product = started;
    await until(
      () => reforecastAnew(started),
      ({ ok }) => ok,
    );
  });
  if (!product) throw new Error('the product did not start');
  const { position } = await send<{ position: string }>(product, 'POST', '/api/deals/b0/contacts', { kind: 'call' });
  await viewsHaveSeen(product, position);
  await otherRoutes(product);
  const [idle, busy, reforecasts]: [number[][], number[][], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    idle.push(await otherRoutes(product));
    busy.push(await whileBusy(product, reforecasts));
  }
  const memory = peakMemory((await product.processes()).api);
  await product.stop();
  await rm(dataFolder, { recursive: true });
  return { firstAnswer, idle, busy, reforecasts, memory };
};
