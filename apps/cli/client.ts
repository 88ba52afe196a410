import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { NoAnswer, Refused } from './failure.ts';
import { apiUrl, shellToken } from './settings.ts';

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { path?: string; expected?: string }[];
}

/** What a problem says, in one sentence; and a line for each field at fault where there are several. */
const inWords = (status: number, problem: Problem): string => {
  const { errors = [] } = problem;
  const faults = errors.length > 1 ? errors : [];
  const fields = faults.map(({ path, expected }) => `\n  ${path ?? ''}: expected ${expected ?? ''}`).join('');
  return `${problem.detail ?? problem.title ?? 'the server refused'} (${status}${problem.code ? ` ${problem.code}` : ''})${fields}`;
};

/** Calls the API; anything but success is a {@link CommandFailed} in words, silence a {@link NoAnswer}. */
export const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${await shellToken()}`);
  const response = await fetch(`${apiUrl()}/api${path}`, { ...init, headers }).catch((cause: Error) => {
    const reason = cause.cause instanceof Error ? cause.cause.message : cause.message;
    throw new NoAnswer(`no answer from ${apiUrl()} (${reason}): is it running? FUNNEL_URL names another address`);
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Problem;
  throw new Refused(inWords(response.status, problem), response.status);
};

export const getJson = async <Answer>(path: string): Promise<Answer> => (await (await call(path)).json()) as Answer;

/** The lines of an answer as they come. Not read before somebody asks: what readline reads earlier is lost. */
export async function* linesOf({ body }: Response): AsyncGenerator<string> {
  yield* createInterface({ input: Readable.fromWeb(body as ReadableStream), crlfDelay: Infinity });
}

export const sendJson = async <Answer>(method: 'POST' | 'PUT', path: string, body: object): Promise<Answer> => {
  const headers = { 'content-type': 'application/json' };
  return (await (await call(path, { method, headers, body: JSON.stringify(body) })).json()) as Answer;
};

/** `?a=1&b=2` of what is given; nothing for what is not. */
export const query = (parameters: Readonly<Record<string, string | number | boolean | undefined>>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, `${value}`] as [string, string]],
  );
  return given.length ? `?${new URLSearchParams(given)}` : '';
};
