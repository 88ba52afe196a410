import type { Product } from '../support/product.ts';
import { KeptConnection } from './kept-connection.ts';

/** How one run went: all latencies in milliseconds. */
export interface Run {
  readonly name: string;
  readonly hands: number;
  readonly perSecond: number;
  readonly latencies: readonly number[];
  readonly failed: number;
}

/** Does the work for every item, that many at once. */
export const inFlight = async <Item>(
  hands: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = items[Symbol.iterator]();
  const hand = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: hands }, hand));
};

interface Measured<Item> {
  readonly name: string;
  readonly hands: number;
  readonly items: readonly Item[];
  /** Whether it went well. */
  readonly work: (item: Item) => Promise<boolean>;
}

export const measure = async <Item>({ name, hands, items, work }: Measured<Item>): Promise<Run> => {
  const latencies: number[] = [];
  let failed = 0;
  const started = performance.now();
  await inFlight(hands, items, async (item) => {
    const sent = performance.now();
    if (!(await work(item))) failed += 1;
    latencies.push(performance.now() - sent);
  });
  return { name, hands, perSecond: items.length / ((performance.now() - started) / 1_000), latencies, failed };
};

/** Sends commands over kept connections and answers their status. */
export const commandSender = ({ url, token }: Pick<Product, 'url' | 'token'>, connections: number) => {
  const address = new URL(url);
  const all = Array.from({ length: connections }, () => new KeptConnection(address));
  const free = [...all];
  const head = ['', `host: ${address.host}`, `authorization: Bearer ${token}`, 'content-type: application/json', ''];
  const request = (path: string, body: string): string =>
    `POST ${path} HTTP/1.1${head.join('\r\n')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  const send = async (path: string, body: object): Promise<number> => {
    const connection = free.pop();
    if (!connection) throw new Error(`expected at most ${connections} commands in flight`);
    const status = await connection.ask(request(path, JSON.stringify(body)));
    free.push(connection);
    return status;
  };
  return { send, close: () => Promise.all(all.map((each) => each.close())) };
};
