import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';
import { contractOf } from '../http/serves.ts';
import type { Done } from './perform.ts';

/** The revision that a command led to, as the tag that `If-Match` takes. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<Done>): Observable<Done> {
    if (!contractOf(context).command) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap(({ revision }) => void reply.header('etag', `"${revision}"`)));
  }
}
