import { Pool } from 'undici';
import type { Product } from '../support/product.ts';

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

/** Sends commands over kept connections and answers their status; a lean client, because it shares the cores with the product. */
export const commandSender = ({ url, token }: Pick<Product, 'url' | 'token'>, connections: number) => {
  const pool = new Pool(url, { connections });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send = async (path: string, body: object): Promise<number> => {
    const { statusCode, body: answer } = await pool.request({
      path,
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    await answer.dump();
    return statusCode;
  };
  return { send, close: () => pool.close() };
};
