import { z } from 'zod';
import { everyone, route } from '../route.ts';

const reading = { method: 'GET', tag: 'operation', status: 200 } as const;

export const operationRoutes = {
  live: route({
    ...reading,
    path: '/health/live',
    summary: 'Whether the program runs.',
    roles: 'open',
    answer: z.strictObject({ status: z.literal('ok') }),
    problems: [],
  }),
  ready: route({
    ...reading,
    path: '/health/ready',
    summary: 'Whether everything the program needs can be reached.',
    roles: 'open',
    answer: z.strictObject({ status: z.literal('ok'), servers: z.record(z.string(), z.literal('ok')) }),
    problems: ['unavailable', 'view-of-other-version'],
  }),
  openApi: route({
    ...reading,
    path: '/api/openapi.json',
    summary: 'This document.',
    roles: everyone,
    answer: ['application/json'],
    problems: [],
  }),
  docs: route({
    ...reading,
    path: '/api/docs',
    summary: 'This document as pages.',
    roles: everyone,
    answer: ['text/html'],
    problems: [],
  }),
  docsFile: route({
    ...reading,
    path: '/api/docs/:file',
    summary: 'A part of the pages.',
    roles: everyone,
    params: z.strictObject({ file: z.string().max(100) }),
    answer: ['text/javascript', 'text/css', 'image/png'],
    problems: ['not-found'],
  }),
} as const;
