import { formatPosition, type Position } from '@funnel/kernel';
import { connectEventStore, type EventStore } from '@funnel/event-store';
import { connectReadStore, runViews, type ReadStore } from '@funnel/read-store';
import { salesEvents } from '@funnel/sales';
import { SignJWT } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createApi, type Api } from '../../apps/api/create-api.ts';
import { readSettings } from '../../apps/api/settings.ts';
import { salesViews } from '@funnel/sales-views';
import { startEventStore } from '../../infra/embedded/eventstore/index.ts';
import { startMongo } from '../../infra/embedded/mongo/index.ts';
import { startRedis } from '../../infra/embedded/redis/index.ts';
import { isTold } from '../support/told-problems.ts';

const secret = 'a secret for specs, of 32 letters or more';

/** A token as the product's shell makes them. */
export const tokenOf = (role: string, user = role, claims: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT({ role, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setAudience('funnel-ledger')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each answer has a shape of its own; the specs judge it
  readonly body: any;
}
export interface Ask {
  readonly role?: string | null;
  readonly user?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Record<string, string>;
}

const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return isJson && text !== '' ? JSON.parse(text) : text;
};

const bodyOf = ({ raw, body }: Ask): string | undefined =>
  raw ?? (body === undefined ? undefined : JSON.stringify(body));

const headersOf = async (
  { role = 'manager', user, headers }: Ask,
  hasBody: boolean,
): Promise<Record<string, string>> => ({
  ...(role !== null && { authorization: `Bearer ${await tokenOf(role, user)}` }),
  ...(hasBody && { 'content-type': 'application/json' }),
  ...headers,
});

/** Whoever writes a client goes by the document of the API: no answer may be a surprise. */
const demandTold = (line: string, { status, body }: Answer): void => {
  if (typeof body?.code !== 'string' || isTold(line, { status, code: body.code })) return;
  throw new Error(`${line} answers ${status} ${body.code}, of which the document of the API does not tell`);
};

/** The product without its worker's alerts: three servers, the API and the views, in this process. */
export class RunningCompany {
  private readonly undo: (() => unknown)[] = [];
  /** Where the log ended after the last {@link send}. */
  sentUntil = '0';
  api!: Api;
  events!: EventStore;
  store!: ReadStore;

  static async start(): Promise<RunningCompany> {
    const company = new RunningCompany();
    await company.boot();
    return company;
  }

  get url(): string {
    return `http://127.0.0.1:${this.api.port}`;
  }

  /** In reverse order of their start. */
  async stop(): Promise<void> {
    for (const each of this.undo.reverse()) await each();
  }

  async ask(line: string, ask: Ask = {}): Promise<Answer> {
    const [method = 'GET', path = '/'] = line.split(' ');
    const body = bodyOf(ask);
    const headers = await headersOf(ask, body !== undefined);
    const response = await fetch(this.url + path, { method, redirect: 'manual', headers, body: body ?? null });
    const answer: Answer = { status: response.status, headers: response.headers, body: await readBody(response) };
    demandTold(line, answer);
    return answer;
  }

  /** Tells the product what it has to take, as its administrator; answers with the answer's body. */
  async send(line: string, body: object): Promise<Answer['body']> {
    const answer = await this.ask(line, { role: 'admin', body });
    if (answer.status >= 300) throw new Error(`${line}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.sentUntil = answer.body.position ?? this.sentUntil;
    return answer.body;
  }

  /** What a page of the API says once it shows all that was sent. */
  async read(path: string, query: Record<string, string> = {}): Promise<Answer['body']> {
    const wanted = new URLSearchParams({ ...query, after: this.sentUntil });
    const line = `GET ${path}${path.includes('?') ? '&' : '?'}${wanted}`;
    const answer = await this.ask(line, { role: 'auditor' });
    if (answer.status !== 200) throw new Error(`${line}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async head(): Promise<string> {
    const position: Position = await this.events.head();
    return formatPosition(position);
  }

  private async boot(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'company-'));
    this.undo.push(() => rmSync(folder, { recursive: true, force: true }));
    const [eventStore, mongo, redis] = await Promise.all([
      startEventStore({ port: 0, dataFolder: folder }),
      startMongo({ port: 0 }),
      startRedis({ port: 0, dataFolder: folder }),
    ]);
    this.undo.push(...[redis, mongo, eventStore].map((server) => () => server.close()));
    const settings = readSettings({
      EVENTSTORE_URL: `esdb://127.0.0.1:${eventStore.port}?tls=false`,
      MONGODB_URL: `mongodb://127.0.0.1:${mongo.port}/funnel`,
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      PORT: '0',
      PUBLIC_URL: 'https://funnel.example.com',
      AUTH_SECRET: secret,
      FUNNEL_DATA: folder,
      LOG_LEVEL: 'silent',
    });
    this.events = connectEventStore({ url: settings.eventStoreUrl }, salesEvents);
    this.undo.push(() => this.events.close());
    this.store = await connectReadStore({ url: settings.readStoreUrl });
    this.undo.push(() => this.store.close());
    this.api = await createApi(settings, pathToFileURL('dist/'));
    this.undo.push(() => this.api.close());
    this.runViews();
  }

  private runViews(): void {
    const stopping = new AbortController();
    const { store, events: log } = this;
    const timing = { tickMs: 20 };
    const views = runViews({ store, log, views: salesViews, owner: 'spec', signal: stopping.signal, timing });
    this.undo.push(async () => {
      stopping.abort();
      await views;
    });
  }
}
