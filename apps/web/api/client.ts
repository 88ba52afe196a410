import { ApiProblem, problemOf } from './problem.ts';
import type { Answer, Method, PathOf, Sent } from './routes.ts';

interface Parts {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: object | undefined;
}

/** `/api/deals/:id?asOf=…` with what was given; what is `undefined` is left out. */
export const addressOf = (path: string, { params = {}, query = {} }: Parts): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown>)[name])),
  );
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length ? `${filled}?${search}` : filled;
};

/** @throws {ApiProblem} */
export const request = async (address: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(address, init).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem('unreachable', 0);
  });
  if (response.ok) return response;
  throw await problemOf(response);
};

/** Reads from the product. @throws {ApiProblem} */
export const get = async <P extends PathOf<'GET'>>(
  path: P,
  sent: Sent<'GET', P>,
  signal?: AbortSignal,
): Promise<Answer<'GET', P>> => {
  const response = await request(addressOf(path, sent as Parts), signal ? { signal } : {});
  return (await response.json()) as Answer<'GET', P>;
};

export interface SendOptions {
  /** The revision one has seen: sent anew it changes nothing that another changed meanwhile. */
  readonly ifMatch?: number | undefined;
  /** The same for each repetition of one wish. */
  readonly idempotencyKey?: string | undefined;
  /** Breaks off a question that nobody waits for any more. */
  readonly signal?: AbortSignal | undefined;
}

const headersOf = ({ ifMatch, idempotencyKey }: SendOptions): Record<string, string> => ({
  'content-type': 'application/json',
  'idempotency-key': idempotencyKey ?? crypto.randomUUID(),
  ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
});

/** Tells the product to do something, or asks what is too long for an address. @throws {ApiProblem} */
export const send = async <M extends Exclude<Method, 'GET'>, P extends PathOf<M>>(
  [method, path]: readonly [M, P],
  sent: Sent<M, P>,
  options: SendOptions = {},
): Promise<Answer<M, P>> => {
  const parts = sent as Parts;
  const body = JSON.stringify(parts.body ?? {});
  const { signal = null } = options;
  const response = await request(addressOf(path, parts), { method, headers: headersOf(options), body, signal });
  return (await response.json()) as Answer<M, P>;
};
