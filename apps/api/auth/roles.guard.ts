import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { contractOf } from '../http/serves.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { unauthenticated } from './token.ts';

/** Lets pass whom the table of routes names. */
@Injectable()
export class RolesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { roles } = contractOf(context);
    if (roles === 'open') return true;
    const { user } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!user) throw unauthenticated('Send a token: Authorization: Bearer <token>.');
    if (roles.includes(user.role)) return true;
    throw new ProblemError('forbidden', `This is for ${roles.join(', ')}; you are signed in as ${user.role}.`);
  }
}
