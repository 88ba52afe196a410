import type {} from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { ProblemError } from '../problems/problem-error.ts';
import { problemOf } from '../problems/problem-of.ts';
import { refuseConnection } from './refuse-connection.ts';

export const bodyLimitBytes = 1_048_576;

/** What the router refuses before any route is found, for instance an address that cannot be decoded. */
const refuseAddress = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error, request);
  void reply
    .status(problem.status)
    .headers({ 'content-type': 'application/problem+json', 'x-request-id': request.id })
    .serializer(JSON.stringify)
    .send(problem.body(request.id));
};

/** Secrets may stand in the query of an address (`/sign-in?token=…`), so it is never logged. */
const loggedRequest = ({ id, method, url }: FastifyRequest) => ({ id, method, path: url.split('?', 1)[0] });

/** The HTTP server as the product wants it: small bodies, ids of its own, quiet unless asked. */
export const httpAdapter = (logger: Logger): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    // Also how long a stop may wait for a client that was answered and keeps its connection, in milliseconds.
    keepAliveTimeout: 5_000,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    loggerInstance: logger.child({}, { serializers: { req: loggedRequest } }),
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
    // Streams that are uploaded are taken as they come; each route says how much.
    multipart: { limits: { fileSize: Infinity, files: 10, parts: 20 } },
  });
  takeJson(adapter.getInstance<FastifyInstance>());
  return adapter;
};

/** What came packed would be taken for broken JSON, or for what it is not. */
const refusalOfEncoding = ({ headers }: FastifyRequest): Error | undefined => {
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding === 'identity') return undefined;
  return new ProblemError('unsupported-media-type', `Expected a body as it is, got one encoded in ${encoding}.`);
};

/** Only JSON; an empty body is one that says nothing. */
const takeJson = (instance: FastifyInstance): void => {
  instance.removeAllContentTypeParsers();
  const parse = instance.getDefaultJsonParser('error', 'error');
  instance.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const refusal = refusalOfEncoding(request);
    if (refusal) done(refusal);
    else if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
};
