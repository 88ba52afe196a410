import { z } from 'zod';
import { everyone, leaders, route } from '../route.ts';
import {
  after,
  amount,
  instantOut,
  knownAtOut,
  money,
  occurredAt,
  past,
  periodName,
  position,
  ratio,
  text,
  wholeNumber,
} from '../shapes.ts';
import { done } from './command.ts';

const subject = z
  .string()
  .regex(
    /^(company|(rep|team|territory)-[\p{L}\p{N}][\p{L}\p{N}._-]{0,99})$/u,
    'company, rep-<id>, team-<id> or territory-<id>',
  );
const period = periodName.describe('2026, 2026-H1, 2026-Q3, 2026-07 or 2026-W30, in the time zone of the company.');
const shares = z
  .array(z.number().min(0).max(1_000_000))
  .refine((list) => [2, 4, 12].includes(list.length), '2 halves, 4 quarters or 12 months')
  .refine((list) => list.some((share) => share > 0), 'shares that are not all 0');

const figures = {
  quota: money.nullable(),
  won: money,
  wonCount: z.int(),
  attainment: ratio.nullable(),
  overAttainment: money.nullable(),
  gap: money.nullable(),
  openCount: z.int(),
  weightedOpen: money,
  expectedInPeriod: money.describe(
    'The quota suggested from below: weighted amount of what should close in the period.',
  ),
  coverage: ratio.nullable().describe('weightedOpen ÷ gap.'),
  neededProspects: z.int().nullable(),
};

export const quotaReport = z
  .strictObject({
    subject: z.string(),
    period: z.string(),
    from: instantOut,
    to: instantOut.describe('Exclusive.'),
    asOf: instantOut,
    knownAt: knownAtOut,
    currency: z.string(),
    position: position.describe('What the report has seen.'),
    ...figures,
    members: z.array(z.strictObject({ repId: z.string().nullable(), name: z.string(), ...figures })),
    otherCurrencyCount: z.int(),
  })
  .meta({ title: 'QuotaReport' });

const teamsReport = z
  .strictObject({
    period: z.string(),
    from: instantOut,
    to: instantOut.describe('Exclusive.'),
    asOf: instantOut,
    knownAt: knownAtOut,
    position: position.describe('What the report has seen.'),
    items: z
      .array(z.strictObject({ teamId: z.string(), name: z.string(), ...figures, otherCurrencyCount: z.int() }))
      .describe('By id.'),
  })
  .meta({ title: 'TeamQuotas' });

export const quotaRoutes = {
  putQuota: route({
    method: 'PUT',
    path: '/api/quotas/:subject/:year',
    tag: 'quotas',
    summary: 'Sets or revises what a rep, a team, a territory or the company must win in a year.',
    roles: leaders,
    command: true,
    params: z.strictObject({ subject, year: wholeNumber(1970, 2199) }),
    body: z.strictObject({
      amount,
      shares: shares
        .optional()
        .describe('Relative sizes of 2 halves, 4 quarters or 12 months; equal months when absent.'),
      reason: text.optional(),
      ...occurredAt,
    }),
    status: 200,
    answer: done,
    problems: ['amount-negative', 'occurred-in-future', 'occurred-before-latest-change'],
  }),
  reportQuota: route({
    method: 'GET',
    path: '/api/quotas/report',
    tag: 'quotas',
    summary: 'Quota, won, attainment, gap and coverage of a subject in a period.',
    roles: everyone,
    query: z.strictObject({
      subject,
      period,
      ...past,
      ...after,
    }),
    status: 200,
    answer: quotaReport,
    problems: ['view-behind'],
  }),
  reportTeamQuotas: route({
    method: 'GET',
    path: '/api/quotas/teams',
    tag: 'quotas',
    summary: 'The same figures for every team, side by side.',
    roles: everyone,
    query: z.strictObject({ period, ...past, ...after }),
    status: 200,
    answer: teamsReport,
    problems: ['view-behind'],
  }),
} as const;
