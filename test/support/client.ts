import type { AnswerOf, routes } from '@funnel/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Product } from './product.ts';

export type Answer<Name extends keyof typeof routes> = AnswerOf<(typeof routes)[Name]>;
type Address = Pick<Product, 'url' | 'token'>;

/** Calls the API as a person's script would. */
export const call = async (product: Address, path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${product.token}`);
  if (typeof init.body === 'string') headers.set('content-type', 'application/json');
  return fetch(`${product.url}${path}`, { ...init, headers });
};

/** The JSON answer of a read that must succeed. */
export const get = async <Body>(product: Address, path: string): Promise<Body> => {
  const response = await call(product, path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
};

/** The JSON answer of a command that must succeed. */
export const send = async <Body>(product: Address, method: string, path: string, body: object): Promise<Body> => {
  const response = await call(product, path, { method, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
};

export interface Parts {
  readonly file: Blob;
  readonly mapping: Blob;
}
export type Job = Answer<'getImport'>;

/** The parts of an import of several files, by name. */
export const filesForm = (files: Readonly<Record<string, Blob>>, mapping?: Blob): FormData => {
  const form = new FormData();
  if (mapping) form.append('mapping', mapping, 'mapping.json');
  for (const [name, file] of Object.entries(files)) form.append('file', file, name);
  return form;
};

/** The JSON answer of an upload that must succeed. */
export const sendForm = async <Body>(product: Address, path: string, form: FormData): Promise<Body> => {
  const response = await call(product, path, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
};

export const beginImport = (product: Address, { file, mapping }: Parts, query = ''): Promise<Job> =>
  sendForm(product, `/api/imports${query}`, filesForm({ 'events.csv': file }, mapping));

export const until = async <Value>(
  look: () => Promise<Value>,
  holds: (value: Value) => boolean,
  seconds = 60,
): Promise<Value> => {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`not within ${seconds} s; the last was ${JSON.stringify(value).slice(0, 2_000)}`);
    await pause(50);
  }
};

export const endOfImport = (product: Address, job: Job): Promise<Job> =>
  until(
    () => get<Job>(product, `/api/imports/${job.id}`),
    ({ status }) => status !== 'running',
    300,
  );

/** Waits until every view has seen a position. */
export const viewsHaveSeen = async (product: Address, position: string): Promise<void> => {
  await until(
    () => get<Answer<'listViews'>>(product, '/api/views'),
    ({ items }) => items.every((view) => BigInt(view.position) >= BigInt(position)),
    120,
  );
};
