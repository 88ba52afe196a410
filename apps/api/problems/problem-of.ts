import type { ProblemCode } from '@funnel/contracts';
import { StoreUnavailable, StreamConflict } from '@funnel/event-store';
import { UndecodableEvent } from '@funnel/kernel';
import { OtherVersion, ReadStoreUnavailable } from '@funnel/read-store';
import type { FastifyRequest } from 'fastify';
import { allowedMethods } from './allowed-methods.ts';
import { malformed, ProblemError } from './problem-error.ts';

const retryAfter = (seconds: number) => ({ headers: { 'retry-after': `${seconds}` } });

const nothingHere = (request: FastifyRequest): ProblemError => {
  const path = request.url.split('?', 1)[0] ?? '';
  const methods = allowedMethods(path);
  if (methods.length === 0 || methods.includes(request.method)) {
    return new ProblemError('not-found', `There is nothing at ${request.method} ${path}.`);
  }
  const allow = methods.join(', ');
  return new ProblemError('method-not-allowed', `${path} takes ${allow}, not ${request.method}.`, {
    headers: { allow },
  });
};

/** What the server itself found wrong with a request, by status. */
const byStatus: Readonly<Record<number, (request: FastifyRequest, message: string) => ProblemError>> = {
  400: (_, message) => new ProblemError('malformed', `The request cannot be read: ${message}.`),
  404: nothingHere,
  405: nothingHere,
  413: () => new ProblemError('payload-too-large', 'The body is larger than the 1 MiB that is taken here.'),
  414: () => malformed([{ path: 'path', expected: 'parts of at most 500 characters' }]),
  415: ({ headers }) =>
    new ProblemError(
      'unsupported-media-type',
      `Expected application/json, got ${headers['content-type'] ?? 'no content type'}.`,
    ),
};

const isStatused = (error: unknown): error is { message: string; statusCode?: number; status?: number } =>
  error instanceof Error && ('statusCode' in error || 'status' in error);

const ofOtherVersion = ({ view, version: { wanted, inForce } }: OtherVersion): ProblemError => {
  const kept = `The view ${view} is kept in version ${inForce}, and this program reads version ${wanted}`;
  const detail = `${kept}, which a worker of the same release builds; try again shortly.`;
  return new ProblemError('view-of-other-version', detail, retryAfter(5));
};

const ofFault = (error: unknown): ProblemError | undefined => {
  if (error instanceof ProblemError) return error;
  if (error instanceof OtherVersion) return ofOtherVersion(error);
  if (error instanceof StreamConflict) {
    return new ProblemError('conflict', 'Others were changing the same thing; try again.', retryAfter(1));
  }
  if (error instanceof StoreUnavailable || error instanceof ReadStoreUnavailable) {
    const part = error instanceof StoreUnavailable ? 'event store' : 'read store';
    return new ProblemError('unavailable', `The ${part} cannot be reached; try again shortly.`, retryAfter(2));
  }
  return undefined;
};

const unforeseen = (error: unknown): ProblemError => {
  const code: ProblemCode = 'internal';
  if (error instanceof UndecodableEvent) {
    return new ProblemError(code, `An event of type ${error.type} is stored that this version cannot read.`);
  }
  return new ProblemError(code, 'The fault is on our side and has been logged under the instance given.');
};

const withoutStop = (message: string) => message.replace(/\.$/, '');

/** The problem that anything thrown while answering comes to. Nothing internal is told. */
export const problemOf = (error: unknown, request: FastifyRequest): ProblemError => {
  const known = ofFault(error);
  if (known) return known;
  const status = isStatused(error) ? (error.statusCode ?? error.status) : undefined;
  const told = status === undefined ? undefined : byStatus[status];
  return told?.(request, withoutStop((error as Error).message)) ?? unforeseen(error);
};
