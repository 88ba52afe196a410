import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { id, position } from '../shapes.ts';

export const exportFormats = ['ndjson', 'csv', 'xes', 'parquet'] as const;

export const exportRoutes = {
  exportEvents: route({
    method: 'GET',
    path: '/api/export',
    tag: 'feed',
    summary: 'The events as a file: CloudEvents, a table, or a log for process mining.',
    description:
      '`csv` and `parquet` have one row per event; amounts are exact decimals (in Parquet DECIMAL with 4 places) beside ' +
      'their currency, times are UTC. `xes` (IEEE 1849) has one trace per deal of the funnel, its events in order of ' +
      'business time. The file is made while it is sent.',
    roles: everyone,
    query: z.strictObject({
      format: z.enum(exportFormats, `one of ${exportFormats.join(', ')}`).default('ndjson'),
      funnel: id.optional().describe('Only what concerns this funnel; needed for `xes`.'),
      types: z
        .string()
        .regex(/^[A-Za-z]+(,[A-Za-z]+)*$/, 'names of events with commas between them')
        .optional()
        .describe('Names of events with commas between them; all when absent.'),
      after: position.optional().describe('Only what was recorded after this position.'),
      before: position.optional().describe('Only what was recorded before this position.'),
    }),
    status: 200,
    answer: ['application/x-ndjson', 'text/csv', 'application/xml', 'application/vnd.apache.parquet'],
    problems: ['funnel-unknown'],
  }),
} as const;
