import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { position, wholeNumber } from '../shapes.ts';

export const feedRoutes = {
  followEvents: route({
    method: 'GET',
    path: '/api/events',
    tag: 'feed',
    summary: 'All events in order, as CloudEvents 1.0.',
    description:
      'As NDJSON (one event a line) up to the newest event at the time of the call; go on with the last `sequence` as `after`. ' +
      'With `Accept: text/event-stream` it goes on live and resumes by `Last-Event-ID`. An event that cannot be read ' +
      'comes as `funnel-ledger.Unreadable.v1`, so that nothing is left out silently.',
    roles: everyone,
    query: z.strictObject({
      after: position.optional().describe('Only what came later.'),
      types: z
        .string()
        .regex(/^[A-Za-z]+(,[A-Za-z]+)*$/, 'names of events with commas between them')
        .optional()
        .describe('Names of events with commas between them; all when absent.'),
      limit: wholeNumber(1, 1_000_000).optional().describe('At most so many events; not for a live stream.'),
    }),
    status: 200,
    answer: ['application/x-ndjson', 'text/event-stream'],
    problems: [],
  }),
  followChanges: route({
    method: 'GET',
    path: '/api/changes',
    tag: 'feed',
    summary: 'Tells live that something changed, once the views show it: a stream for screens.',
    description:
      'Server-sent events from now on, or from `Last-Event-ID`. Each carries `{ "streams": ["deal-…"], "count": 1 }`: the ' +
      'streams that changed, of each kind (what stands before the first hyphen) at most a hundred, and how many events came. ' +
      'What changed is read from the views.',
    roles: everyone,
    status: 200,
    answer: ['text/event-stream'],
    problems: [],
  }),
  showSchema: route({
    method: 'GET',
    path: '/api/schemas/:type/:version',
    tag: 'feed',
    summary: "The JSON Schema of one version of an event's data.",
    roles: everyone,
    params: z.strictObject({
      type: z.string().regex(/^[A-Za-z]{1,60}$/, 'the name of an event'),
      version: wholeNumber(1, 10_000),
    }),
    status: 200,
    answer: ['application/schema+json'],
    problems: ['not-found'],
  }),
} as const;
