import { z } from 'zod';
import { everyone, leaders, route } from '../route.ts';
import { instantOut, position, seconds } from '../shapes.ts';

const parked = z.strictObject({
  stream: z.string(),
  fromRevision: z.int(),
  eventId: z.string(),
  attempts: z.int(),
  error: z.string(),
  at: instantOut,
});
const view = z.strictObject({
  name: z.string(),
  version: z.int(),
  position: position.describe('Up to where the view has seen the log.'),
  head: position.describe('Where the log ends.'),
  caughtUp: z.boolean(),
  lagSeconds: seconds.describe('At most so long the oldest event has been on record that the view has not seen.'),
  parked: z.array(parked).describe('Streams that wait because one of their events could not be taken in.'),
  building: z
    .strictObject({ version: z.int(), position: z.string(), blocked: z.string().optional() })
    .optional()
    .describe('A new build that is to take its place.'),
  fault: z.string().optional().describe('Why it stands still for good.'),
  owner: z.string().optional(),
});
const viewName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'the name of a view');

export const viewRoutes = {
  listViews: route({
    method: 'GET',
    path: '/api/views',
    tag: 'views',
    summary: 'Shows how far each view has seen the log, and what is parked.',
    roles: everyone,
    status: 200,
    answer: z.strictObject({ items: z.array(view), next: z.null() }),
    problems: [],
  }),
  rebuildView: route({
    method: 'POST',
    path: '/api/views/:name/rebuild',
    tag: 'views',
    summary: 'Builds a view anew from the log; the present one answers until the new one is ready.',
    roles: leaders,
    params: z.strictObject({ name: viewName }),
    body: z.strictObject({}),
    status: 202,
    answer: z.strictObject({ name: z.string() }),
    problems: ['not-found'],
  }),
  releaseStream: route({
    method: 'POST',
    path: '/api/views/:name/parked/:stream/release',
    tag: 'views',
    summary: 'Tries a parked stream again.',
    roles: leaders,
    params: z.strictObject({ name: viewName, stream: z.string().min(1).max(300) }),
    body: z.strictObject({}),
    status: 202,
    answer: z.strictObject({ name: z.string(), stream: z.string() }),
    problems: ['not-found'],
  }),
} as const;
