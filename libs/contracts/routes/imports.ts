import { isTimeZone } from '@funnel/kernel';
import { z } from 'zod';
import { fault } from '../problems.ts';
import { everyone, leaders, route } from '../route.ts';
import { currency, id, instantOut, position, wish } from '../shapes.ts';

export const proposalKinds = ['salesforce', 'deals', 'event-log'] as const;

export const rowErrorCodes = [
  'unreadable',
  'empty',
  'invalid-id',
  'same-id',
  'invalid-time',
  'invalid-date',
  'too-long',
  'in-future',
  'out-of-order',
  'missing-amount',
  'invalid-amount',
  'negative-amount',
  'other-currency',
  'invalid-percentage',
  'no-event',
  'deal-exists',
  'unknown-deal',
] as const;
export const noteCodes = [
  'brings-mapping',
  'all-taken-for-stages',
  'even-weights',
  'titles-for-ids',
  'no-since',
  'no-won',
  'no-lost',
  'no-history',
  'no-opportunities',
  'no-accounts',
  'recorders-for-owners',
  'no-salesforce',
  'no-deals',
  'no-event-log',
] as const;
export const ignoredBecause = ['unmapped', 'repeated', 'already-there', 'closed', 'open'] as const;

const rowError = z.strictObject({
  file: z.string(),
  line: z.int().describe('Line of the file, the header being line 1.'),
  field: z.string().describe('Column of the file; empty for the whole row.'),
  value: z.string(),
  code: z.enum(rowErrorCodes).describe('Why it cannot be taken, for programs.'),
  details: z.record(z.string(), z.string()).describe('What the reason names, by name.'),
  reason: z.string().describe('In English.'),
});

export const importStatuses = ['running', 'done', 'stopped', 'failed', 'interrupted'] as const;

export const importJob = z
  .strictObject({
    id: z.string(),
    status: z
      .enum(importStatuses)
      .describe('stopped: at a bad row; failed: at a fault; interrupted: by a restart. Sent again, it completes.'),
    dryRun: z.boolean(),
    onError: z.enum(['stop', 'skip']),
    fileName: z.string(),
    funnelId: z.string(),
    mapping: z.record(z.string(), z.unknown()).describe('The mapping that was followed, sent or proposed.'),
    notes: z.array(z.string()).describe('What was guessed where no mapping was sent.'),
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

/** What the files cannot tell; needed only where no mapping is sent. */
const wishes = {
  format: z
    .enum(proposalKinds, `one of ${proposalKinds.join(', ')}`)
    .optional()
    .describe('What kind the files must be of, where no mapping is sent; told by their columns when absent.'),
  currency: currency.optional().describe('Else the base currency.'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'an IANA time zone such as Europe/Amsterdam')
    .optional()
    .describe("Of times without offset; else the company's."),
  funnelId: id.optional().describe('Of the funnel that is proposed.'),
};
const multipart = {
  file: {
    description: 'CSV with a header or XES, in UTF-8, plain or gzipped; several where the mapping joins them.',
    several: true,
  },
  mapping: { description: 'How rows become events, JSON; proposed from the files when absent.', optional: true },
} as const;

const previewedRow = z.strictObject({
  file: z.string(),
  line: z.int(),
  dealId: z.string().nullable().describe('Of the row, where it can be read.'),
  events: z
    .array(z.strictObject({ type: z.string(), at: instantOut, data: z.record(z.string(), z.unknown()) }))
    .describe('What the row becomes, each with its data as other systems see it.'),
  ignoredBecause: z.enum(ignoredBecause).nullable(),
  error: rowError.nullable(),
});

const note = z.strictObject({
  code: z.enum(noteCodes).describe('What is said, for programs.'),
  details: z.record(z.string(), z.string()).describe('What the text names, by name.'),
  text: z.string().describe('In English.'),
});

const preview = z
  .strictObject({
    files: z.array(
      z.strictObject({
        name: z.string(),
        columns: z.array(z.string()),
        rows: z.array(z.record(z.string(), z.string())).describe('The first twenty.'),
        rowsRead: z.int(),
      }),
    ),
    kind: z.enum(proposalKinds).nullable().describe('What the files seem to be; null when a mapping was sent.'),
    mapping: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('The mapping that was sent, else the one that is proposed, to be changed and sent again.'),
    notes: z.array(note).describe('What was guessed, or why nothing is proposed.'),
    problems: z.array(fault).describe('Why the mapping cannot be followed: wrong fields, columns that are missing.'),
    rows: z.array(previewedRow).describe('What the first rows become: at most a hundred, in the order of the import.'),
    rowsIgnored: z.int(),
    rowsFailed: z.int(),
    deals: z.int(),
    eventsByType: z.record(z.string(), z.int()).describe('Of all rows that were read.'),
  })
  .meta({ title: 'ImportPreview' });

const params = z.strictObject({ id: z.string().min(1).max(100) });

export const importRoutes = {
  startImport: route({
    method: 'POST',
    path: '/api/imports',
    tag: 'imports',
    summary: 'Imports histories from files: a job that tells how far it is.',
    description:
      'The same files twice add nothing; a broken-off import is completed by sending them again. Without a mapping the ' +
      'one is followed that `POST /api/imports/preview` proposes.',
    roles: leaders,
    query: z.strictObject({
      dryRun: wish,
      onError: z.enum(['stop', 'skip'], 'stop or skip').default('stop').describe('What to do at a bad row.'),
      ...wishes,
    }),
    multipart,
    status: 202,
    answer: importJob,
    problems: [
      'file-unreadable',
      'mapping-column-missing',
      'mapping-needed',
      'funnel-differs',
      'payload-too-large',
      'unsupported-media-type',
    ],
  }),
  previewImport: route({
    method: 'POST',
    path: '/api/imports/preview',
    tag: 'imports',
    summary: 'Shows what the first rows of files would become, and proposes a mapping.',
    description:
      'Reads at most the first 2,000 rows of each file and writes nothing: the beginning of a file is enough.',
    roles: leaders,
    query: z.strictObject({
      partial: z
        .enum(['true', 'false'], 'true or false')
        .default('false')
        .transform((text) => text === 'true')
        .describe('Whether files are beginnings that may end within a row.'),
      ...wishes,
    }),
    multipart,
    status: 200,
    answer: preview,
    problems: ['file-unreadable', 'payload-too-large', 'unsupported-media-type'],
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
