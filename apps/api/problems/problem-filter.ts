import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER } from '../tokens.ts';
import { ProblemError } from './problem-error.ts';
import { problemOf } from './problem-of.ts';

/** Turns whatever was thrown into problem+json; what nobody foresaw is logged with its request and told to nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error, request);
    // What the product itself says, for instance that a view is behind, is an answer and no fault.
    if (problem.status >= 500 && !(error instanceof ProblemError)) {
      this.logger.error({ err: error, requestId: request.id, code: problem.code }, 'a request failed');
    }
    if (reply.raw.headersSent) {
      // Half an answer cannot be taken back: the client must see that it is incomplete.
      reply.raw.destroy();
      return;
    }
    void reply
      .status(problem.status)
      .headers({ 'cache-control': 'no-store', ...problem.beside.headers })
      .header('content-type', 'application/problem+json')
      .serializer(JSON.stringify)
      .send(problem.body(request.id));
  }
}
