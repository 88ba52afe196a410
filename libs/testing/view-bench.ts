import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '@funnel/kernel';
import {
  connectReadStore,
  runViews,
  type AnyProjection,
  type EngineEvent,
  type ReadStore,
  type Timing,
} from '@funnel/read-store';
import { MongoClient, type Db } from 'mongodb';
import { startMongo } from '../../infra/embedded/mongo/index.ts';
import type { MemoryLog } from './memory-log.ts';
import { foldedPlainly, moves, standing } from './toy-deals.ts';

/** Everything an iteration gives. */
export const collected = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const checkEveryMs = 10;
const deadlineMs = 10_000;

/** Asks again until the answer is true. @throws when ten seconds have passed */
export const eventually = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const deadline = performance.now() + deadlineMs;
  const check = async () => {
    if (await isSo()) return resolve();
    if (performance.now() > deadline) throw new Error(`still not so: ${isSo}`);
    setTimeout(() => void check().catch(reject), checkEveryMs);
  };
  check().catch(reject);
  return promise;
};

export interface Running {
  readonly events: EngineEvent[];
  readonly stop: () => Promise<void>;
}

const hasty: Timing = { leaseMs: 1_000, tickMs: 10, restMs: 0, retireMs: 60_000 };

/** How long specs wait for views at most. */
export const timeoutMs = 10_000;

/** A read store on a server of its own. */
export class ViewBench implements AsyncDisposable {
  private readonly runs: Running[] = [];

  private constructor(
    private server: { readonly port: number; close(): Promise<void> },
    readonly store: ReadStore,
    private readonly client: MongoClient,
  ) {}

  static async start(): Promise<ViewBench> {
    const server = await startMongo({ port: 0 });
    const url = `mongodb://127.0.0.1:${server.port}/views`;
    return new ViewBench(server, await connectReadStore({ url }), await MongoClient.connect(url));
  }

  /** The database behind the store's back. */
  get database(): Db {
    return this.client.db('views');
  }

  run(log: EventLog, views: readonly AnyProjection[], { timing = {} }: { timing?: Partial<Timing> } = {}): Running {
    const stopping = new AbortController();
    const events: EngineEvent[] = [];
    const ended = runViews({
      ...{ store: this.store, log, views, owner: 'worker', signal: stopping.signal },
      ...{ timing: { ...hasty, ...timing }, onEvent: (event) => events.push(event) },
    });
    const stop = async () => {
      stopping.abort();
      await ended;
    };
    const running = { events, stop };
    this.runs.push(running);
    return running;
  }

  /** Everything a collection holds, in order of id. */
  async documents(collection: string): Promise<object[]> {
    return this.database
      .collection(collection)
      .find({}, { sort: { _id: 1 } })
      .toArray();
  }

  /** Whether the views hold what a plain fold of the log gives. */
  async isRight(log: MemoryLog, views: readonly AnyProjection[] = [standing, moves]): Promise<boolean> {
    for (const view of views) {
      const held = await this.documents(`${view.name}-v${view.version}`);
      if (!isDeepStrictEqual(held, foldedPlainly(view, log.recorded))) return false;
    }
    return true;
  }

  async wipe(): Promise<void> {
    await this.database.dropDatabase();
  }

  async loseServer(): Promise<void> {
    await this.server.close();
  }

  /** On the same port, with nothing in it. */
  async bringBackServer(): Promise<void> {
    this.server = await startMongo({ port: this.server.port });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.runs.map(({ stop }) => stop()));
    await this.store.close();
    await this.client.close();
    await this.server.close();
  }
}
