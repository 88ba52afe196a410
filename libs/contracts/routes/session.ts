import { z } from 'zod';
import { everyone, route, userRoles } from '../route.ts';
import { instantOut } from '../shapes.ts';

export const sessionRoutes = {
  signIn: route({
    method: 'GET',
    path: '/sign-in',
    tag: 'session',
    summary: 'Signs a browser in with a token and goes on to the pages.',
    roles: 'open',
    query: z.strictObject({ token: z.string().min(1, 'a token').max(8_192, 'a token') }),
    status: 302,
    answer: [],
    problems: ['unauthenticated'],
  }),
  showMe: route({
    method: 'GET',
    path: '/api/me',
    tag: 'session',
    summary: 'Who is signed in.',
    roles: everyone,
    status: 200,
    answer: z.strictObject({ user: z.string(), role: z.enum(userRoles), expiresAt: instantOut }),
    problems: [],
  }),
} as const;
