import type { FastifyInstance, FastifyRequest } from 'fastify';
import { demandSameOrigin } from './same-origin.ts';
import { unauthenticated, type SignedTokens } from './token.ts';
import type { User } from './user.ts';

export const tokenCookie = 'funnel-token';

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

const signedIn = async (request: FastifyRequest, tokens: SignedTokens): Promise<User> => {
  const bearer = bearerOf(request);
  if (bearer !== undefined) return tokens.userOf(bearer);
  const cookie = request.cookies[tokenCookie];
  if (cookie === undefined) throw unauthenticated('Send a token: Authorization: Bearer <token>.');
  const user = await tokens.userOf(cookie);
  demandSameOrigin(request);
  return user;
};

/** Judged by the route that was found, not by the address as it was written; where none was found, by the address. */
const isGuarded = ({ routeOptions, url }: FastifyRequest): boolean => {
  const path = routeOptions.url ?? url;
  return path === '/api' || path.startsWith('/api/');
};

/** Nothing under /api is open, whoever registered it; the body is not read before the token. */
export const demandToken = (instance: FastifyInstance, tokens: SignedTokens): void => {
  instance.addHook('onRequest', async (request) => {
    if (isGuarded(request)) request.user = await signedIn(request, tokens);
  });
};
