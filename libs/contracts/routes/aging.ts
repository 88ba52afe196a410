import { z } from 'zod';
import { everyone, route } from '../route.ts';
import {
  after,
  id,
  idList,
  instantOut,
  knownAtOut,
  money,
  paging,
  parts,
  past,
  position,
  ratio,
  seconds,
  text,
  wholeNumber,
} from '../shapes.ts';

const states = ['ok', 'due', 'over', 'stale'] as const;
const counts = z.strictObject({ ok: z.int(), due: z.int(), over: z.int(), stale: z.int() });
const amounts = z.array(money).describe('One per currency.');

const line = z.strictObject({
  id: z.string(),
  title: z.string(),
  customer: z.string(),
  funnelId: z.string(),
  stage: z.string(),
  part: z.enum(parts).nullable(),
  stageEntry: z.int(),
  ownerId: z.string().nullable(),
  amount: money,
  since: instantOut,
  dwellSeconds: seconds,
  limitSeconds: seconds.nullable(),
  overSeconds: seconds.nullable(),
  dueAt: instantOut.nullable(),
  state: z.enum(states),
  lastContactAt: instantOut.nullable(),
  nextStepDueAt: instantOut.nullable(),
  hasNextStep: z.boolean().describe('Set and not completed; it may be overdue.'),
  weight: ratio.describe('The effective weight.'),
  weighs: z.enum(['won', 'lost', 'no-next-step', 'override', 'stage']).describe('What decides the weight.'),
  revision: z.int().nullable().describe('For `If-Match`; null in the past, which cannot be changed.'),
});

const stage = z.strictObject({
  funnelId: z.string(),
  stage: z.string(),
  label: z.string(),
  part: z.enum(parts).nullable(),
  count: z.int(),
  amounts,
  states: counts,
});

export const agingReport = z
  .strictObject({
    asOf: instantOut,
    knownAt: knownAtOut,
    position: position.describe('What the report has seen.'),
    items: z.array(line).describe('The furthest over its limit first; deals without a limit last.'),
    next: z.string().nullable(),
    stages: z.array(stage),
    totals: z.strictObject({ count: z.int(), amounts, states: counts }),
  })
  .meta({ title: 'AgingReport' });

const openOwners = z
  .strictObject({
    items: z.array(z.strictObject({ id: z.string(), count: z.int().describe('Open deals.') })).describe('By id.'),
  })
  .meta({ title: 'OpenOwners' });

export const agingRoutes = {
  reportAging: route({
    method: 'GET',
    path: '/api/aging',
    tag: 'reports',
    summary: 'How long the open deals have stood in their stages, and how long they may.',
    description:
      '`due` from 80 % of the limit on, `over` from the limit on, `stale` from twice the limit on; a stage without a limit is `ok`.',
    roles: everyone,
    query: z.strictObject({
      ids: idList(100)
        .optional()
        .describe('Only these deals, as far as they are open: to read again what `/api/changes` names.'),
      funnel: id.optional(),
      stage: id.optional(),
      owner: text.optional().describe('Id of a rep; `none` for deals that belong to nobody.'),
      team: id.optional(),
      state: z.enum(states).optional(),
      ...past,
      ...paging,
      limit: wholeNumber(1, 2_000).default(50),
      ...after,
    }),
    status: 200,
    answer: agingReport,
    problems: ['view-behind'],
  }),
  listOpenOwners: route({
    method: 'GET',
    path: '/api/owners',
    tag: 'reports',
    summary: 'Who owns open deals: reps, and whoever an import named that is none.',
    roles: everyone,
    query: z.strictObject({ funnel: id.optional(), ...past, ...after }),
    status: 200,
    answer: openOwners,
    problems: ['view-behind'],
  }),
} as const;
