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
  signOut: route({
    method: 'POST',
    path: '/sign-out',
    tag: 'session',
    summary: 'Makes a browser forget its token.',
    roles: 'open',
    status: 200,
    answer: z.strictObject({ status: z.literal('signed-out') }),
    problems: ['forbidden'],
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
  showCompany: route({
    method: 'GET',
    path: '/api/company',
    tag: 'session',
    summary: 'What a client must know of the company before it shows anything.',
    roles: everyone,
    status: 200,
    answer: z.strictObject({
      timeZone: z.string().describe('Days, months and quarters begin and end by it.'),
      baseCurrency: z.string(),
      firstAt: instantOut.nullable().describe('When its first deal began; null as long as there is none.'),
      lastAt: instantOut.nullable().describe('When something last happened to a deal; null as long as there is none.'),
    }),
    problems: [],
  }),
} as const;
