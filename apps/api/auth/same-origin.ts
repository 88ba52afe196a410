import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem-error.ts';

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS']);

const isSameOrigin = ({ headers }: FastifyRequest): boolean => {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) return URL.parse(origin)?.host === host;
  return site === 'same-origin';
};

/**
 * A browser sends its cookie along with requests that other sites make it send, so one that changes something must say
 * that it comes from our own pages. @throws {ProblemError} `forbidden`
 */
export const demandSameOrigin = (request: FastifyRequest): void => {
  if (changesNothing.has(request.method) || isSameOrigin(request)) return;
  throw new ProblemError(
    'forbidden',
    'A request signed in by cookie must come from a page of this product; send a bearer token instead.',
  );
};
