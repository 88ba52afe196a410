import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who is signed in; on routes that are not open there is always somebody. */
export const SignedIn = createParamDecorator(
  (_: unknown, context) => context.switchToHttp().getRequest<FastifyRequest>().user,
);
