import { z } from 'zod';
import { everyone, leaders, route } from '../route.ts';
import { instantOut, position } from '../shapes.ts';

const rowError = z.strictObject({
  line: z.int().describe('Line of the file, the header being line 1.'),
  field: z.string().describe('Column of the file; empty for the whole row.'),
  value: z.string(),
  reason: z.string(),
});

export const importStatuses = ['running', 'done', 'stopped', 'failed', 'interrupted'] as const;

const importJob = z
  .strictObject({
    id: z.string(),
    status: z
      .enum(importStatuses)
      .describe('stopped: at a bad row; failed: at a fault; interrupted: by a restart. Sent again, it completes.'),
    dryRun: z.boolean(),
    onError: z.enum(['stop', 'skip']),
    fileName: z.string(),
    funnelId: z.string(),
    startedBy: z.string(),
    startedAt: instantOut,
    finishedAt: instantOut.nullable(),
    bytesTotal: z.int(),
    bytesRead: z.int(),
    rowsRead: z.int(),
    rowsIgnored: z.int(),
    ignoredBecause: z.record(z.string(), z.int()),
    rowsFailed: z.int(),
    deals: z.int(),
    eventsWritten: z.int().describe('New in the log; in a dry run: those that the file holds.'),
    eventsKnown: z.int().describe('In the log before, by an earlier import of the same rows.'),
    eventsByType: z.record(z.string(), z.int()).describe('All events of the file, new or known.'),
    position: position.describe('Of the last event of the import: read with `after` to see it.'),
    errors: z.array(rowError).describe('The first thousand rows that could not be taken.'),
    fault: z.string().nullable().describe('Why the import stopped before its end.'),
  })
  .meta({ title: 'ImportJob' });

const params = z.strictObject({ id: z.string().min(1).max(100) });

export const importRoutes = {
  startImport: route({
    method: 'POST',
    path: '/api/imports',
    tag: 'imports',
    summary: 'Imports an event log: a job that tells how far it is.',
    description: 'The same file twice adds nothing; a broken-off import is completed by sending the file again.',
    roles: leaders,
    query: z.strictObject({
      dryRun: z
        .enum(['true', 'false'], 'true or false')
        .default('false')
        .transform((text) => text === 'true'),
      onError: z.enum(['stop', 'skip'], 'stop or skip').default('stop').describe('What to do at a bad row.'),
    }),
    multipart: { mapping: 'How rows become events, JSON.', file: 'CSV with a header, plain or gzipped.' },
    status: 202,
    answer: importJob,
    problems: [
      'file-unreadable',
      'mapping-column-missing',
      'funnel-differs',
      'payload-too-large',
      'unsupported-media-type',
    ],
  }),
  getImport: route({
    method: 'GET',
    path: '/api/imports/:id',
    tag: 'imports',
    summary: 'Tells how far an import is.',
    roles: everyone,
    params,
    status: 200,
    answer: importJob,
    problems: ['not-found'],
  }),
  listImports: route({
    method: 'GET',
    path: '/api/imports',
    tag: 'imports',
    summary: 'Lists the latest imports, the newest first.',
    roles: everyone,
    query: z.strictObject({}),
    status: 200,
    answer: z.strictObject({ items: z.array(importJob), next: z.null() }),
    problems: [],
  }),
} as const;
