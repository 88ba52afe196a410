import { z } from 'zod';
import { calibrationEvidence } from '../events/event-shapes.ts';
import { everyone, leaders, route } from '../route.ts';
import {
  after,
  currency,
  id,
  instant,
  instantOut,
  occurredAt,
  page,
  paging,
  parts,
  past,
  text,
  weight,
} from '../shapes.ts';
import { done } from './command.ts';
import { deal } from './deal-reads.ts';
import { funnelReport } from './funnel-report.ts';

const stage = z.strictObject({
  key: id,
  label: text,
  weight: weight.describe('Win probability.'),
  part: z.enum(parts),
  maxDwellDays: z.number().positive('a number of days above 0').max(3_650).nullish(),
  dwellIn: z.enum(['calendar-days', 'business-days']).optional(),
  conversionTarget: z.number().min(0).max(1).nullish(),
  exitCriteria: z
    .array(z.strictObject({ key: id, label: text }))
    .max(50, 'at most 50 criteria')
    .optional(),
  ownerLocked: z.boolean().optional(),
  handover: z.enum(['visit', 'phone', 'mail']).nullish(),
});

const stageShown = z.strictObject({
  key: z.string(),
  label: z.string(),
  weight: z.number(),
  part: z.enum(parts),
  maxDwellDays: z.number().nullable(),
  dwellIn: z.enum(['calendar-days', 'business-days']),
  conversionTarget: z.number().nullable(),
  exitCriteria: z.array(z.strictObject({ key: z.string(), label: z.string() })),
  ownerLocked: z.boolean(),
  handover: z.enum(['visit', 'phone', 'mail']).nullable(),
});

/** Which period is looked at, and whose deals. */
const reported = {
  from: instant.optional(),
  to: instant.optional(),
  ...past,
  owner: text.optional().describe('Id of a rep; `none` for deals that belong to nobody.'),
  team: id.optional(),
  region: text.optional(),
  industry: text.optional(),
};
const endsAfterItBegins = ({ from, to }: { from?: number | undefined; to?: number | undefined }): boolean =>
  from === undefined || to === undefined || from < to;
const mustEndLater = { path: ['to'], message: 'an instant after `from`' };

const definition = {
  label: z.string(),
  currency: z.string(),
  nextStepRule: z.boolean(),
  nextStepGraceDays: z.number(),
  stages: z.array(stageShown),
};
const summary = z.strictObject({ id: z.string(), ...definition, revision: z.int(), inForceSince: instantOut });
const version = z.strictObject({
  ...definition,
  inForceSince: instantOut,
  revision: z.int(),
  reason: z.string().nullable(),
  evidence: calibrationEvidence.nullable().describe('The calibration that its weights were adopted from.'),
});

export const funnelRoutes = {
  putFunnel: route({
    method: 'PUT',
    path: '/api/funnels/:id',
    tag: 'funnels',
    summary: 'Defines a funnel, or revises it: the new version is in force from `occurredAt` on.',
    roles: leaders,
    command: true,
    params: z.strictObject({ id }),
    body: z.strictObject({
      label: text,
      currency: currency.optional().describe("The company's base currency when absent; never changes afterwards."),
      nextStepRule: z.boolean().optional().describe('Whether a deal without an open next step weighs nothing.'),
      nextStepGraceDays: z.number().min(0).max(365).optional(),
      stages: z.array(stage).min(1, 'at least one stage').max(50, 'at most 50 stages'),
      reason: text.optional(),
      ...occurredAt,
    }),
    status: 200,
    answer: done,
    problems: [
      'stage-repeated',
      'criterion-repeated',
      'stage-removed',
      'currency-fixed',
      'occurred-in-future',
      'occurred-before-latest-change',
    ],
  }),
  listFunnels: route({
    method: 'GET',
    path: '/api/funnels',
    tag: 'funnels',
    summary: 'Lists the funnels, each in the version in force.',
    roles: everyone,
    query: z.strictObject({ ...past, ...after }),
    status: 200,
    answer: z.strictObject({ items: z.array(summary), next: z.null() }),
    problems: ['view-behind'],
  }),
  showFunnel: route({
    method: 'GET',
    path: '/api/funnels/:id',
    tag: 'funnels',
    summary: 'Shows a funnel with its versions, oldest first; those up to `asOf` where that is given.',
    roles: everyone,
    params: z.strictObject({ id }),
    query: z.strictObject({ ...past, ...after }),
    status: 200,
    answer: summary.extend({ versions: z.array(version) }),
    problems: ['not-found', 'view-behind'],
  }),
  reportFunnel: route({
    method: 'GET',
    path: '/api/funnels/:id/report',
    tag: 'funnels',
    summary: 'What stands in each stage, what moved on, how long it took, and what it is worth.',
    description:
      'What is open is that of `asOf` (now when absent); what happened is counted from `from` until before `to`. ' +
      '`conversion` follows the deals that entered in the period; `moves` counts the moves of the period.',
    roles: everyone,
    params: z.strictObject({ id }),
    query: z.strictObject({ ...reported, ...after }).refine(endsAfterItBegins, mustEndLater),
    status: 200,
    answer: funnelReport,
    problems: ['not-found', 'view-behind'],
  }),
  listCohort: route({
    method: 'GET',
    path: '/api/funnels/:id/cohort',
    tag: 'funnels',
    summary: 'The deals behind a figure of the report: those that first entered a stage in the period.',
    description:
      'As many as the report counts as `entered`, or of one outcome as `advanced`, `lost`, `movedBack` or `stillThere`; ' +
      'the latest to enter first, each as it stands as of `asOf`.',
    roles: everyone,
    params: z.strictObject({ id }),
    query: z
      .strictObject({
        stage: id,
        outcome: z.enum(['advanced', 'lost', 'movedBack', 'stillThere']).optional(),
        ...reported,
        ...paging,
        ...after,
      })
      .refine(endsAfterItBegins, mustEndLater),
    status: 200,
    answer: page(deal),
    problems: ['not-found', 'view-behind'],
  }),
} as const;
