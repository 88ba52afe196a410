import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { after, id, instantOut, money, page, paging, past, ratio, text, wish } from '../shapes.ts';

export const conversion = z.strictObject({ original: money, rate: z.string() });

const nextStep = z.strictObject({
  action: z.string(),
  dueAt: instantOut.nullable(),
  place: z.string().optional(),
  people: z.array(z.string()).optional(),
  purpose: z.string().optional(),
  content: z.string().optional(),
  setAt: instantOut,
  completedAt: instantOut.nullable(),
  outcome: z.string().nullable(),
});

export const deal = z.strictObject({
  id: z.string(),
  title: z.string(),
  customer: z.strictObject({
    name: z.string(),
    class: z.string().optional(),
    region: z.string().optional(),
    industry: z.string().optional(),
  }),
  funnelId: z.string(),
  stage: z.string(),
  stageEntry: z.int().describe("Which visit to a stage this is in the deal's life, from 1."),
  since: instantOut.describe('When the present stage was entered.'),
  status: z.enum(['open', 'won', 'lost']),
  amount: money,
  conversion: conversion.nullable().describe('What was said before it was converted, and the rate.'),
  ownerId: z.string().nullable(),
  expectedClose: z.string().nullable(),
  pushes: z.strictObject({ count: z.int(), days: z.int() }).describe('How often the expected close was put off.'),
  nextStep: nextStep.nullable(),
  nextStepStanding: z.enum(['none', 'open', 'completed']),
  weightOverride: ratio.nullable(),
  criteria: z.array(z.string()).describe('Keys of the exit criteria that are met.'),
  addedAt: instantOut,
  closedAt: instantOut.nullable(),
  lastContactAt: instantOut.nullable(),
  contacts: z.int(),
  lostReason: z.string().nullable(),
  competitor: z.string().nullable(),
  source: z.string().nullable(),
  revision: z.int(),
  changedAt: instantOut,
});

/** One deal says what its weight is and why; in a list that would cost more than it tells. */
const weighedDeal = deal
  .extend({
    effectiveWeight: z.strictObject({
      value: ratio,
      because: z
        .enum(['won', 'lost', 'no-next-step', 'override', 'stage'])
        .describe('`no-next-step`: the funnel asks for an open next step, and there is none.'),
    }),
  })
  .meta({ title: 'Deal' });

const historyLine = z.strictObject({
  id: z.string(),
  type: z.string(),
  revision: z.int(),
  occurredAt: instantOut.describe('Business time: when it happened.'),
  recordedAt: instantOut.describe('Record time: when it was written.'),
  actor: z.strictObject({ user: z.string(), role: z.string() }),
  data: z.record(z.string(), z.unknown()),
  commandId: z.string(),
  correlationId: z.string(),
  causationId: z.string(),
  hash: z.string().optional().describe('SHA-256 of the event as it is stored, as a proof has it; with `hashes`.'),
  previous: z
    .string()
    .nullable()
    .optional()
    .describe('The hash that the event names as that of the one before it; null from before there was a chain.'),
});

const reading = { tag: 'deals', roles: everyone, method: 'GET', status: 200 } as const;

export const dealReads = {
  listDeals: route({
    ...reading,
    path: '/api/deals',
    summary: 'Lists deals, the most recently changed first; with `asOf` those that there were, as they stood then.',
    description:
      'Every page of a list of the past is told as of the same instants, and what is recorded meanwhile is not in it. Deals without an expected close come before all others that have one.',
    query: z.strictObject({
      owner: text.optional().describe('Id of a rep; `none` for deals that belong to nobody.'),
      team: id.optional().describe('Deals whose owner is in this team, now or then.'),
      funnel: id.optional(),
      stage: id.optional(),
      status: z.enum(['open', 'won', 'lost']).optional(),
      region: text.optional(),
      industry: text.optional(),
      customer: text.optional().describe('Exact name of the customer.'),
      q: text.optional().describe('Words in the id, title, customer, region or industry.'),
      sort: z
        .enum(['changedAt', 'amount', 'dwell', 'expectedClose'])
        .default('changedAt')
        .describe('Amounts by their minor units (cents, yen), whatever the currency.'),
      order: z
        .enum(['asc', 'desc'])
        .optional()
        .describe('Newest, largest and longest first when absent; the expected close soonest first.'),
      ...past,
      ...paging,
      ...after,
    }),
    answer: page(deal),
    problems: ['view-behind'],
  }),
  showDeal: route({
    ...reading,
    path: '/api/deals/:id',
    summary: 'Shows one deal; with `asOf` as it stood then.',
    params: z.strictObject({ id }),
    query: z.strictObject({ ...past, ...after }),
    answer: weighedDeal,
    problems: ['deal-absent', 'view-behind'],
  }),
  dealHistory: route({
    ...reading,
    path: '/api/deals/:id/history',
    summary: 'Lists everything that happened to one deal, in the order it was recorded; with `asOf` up to then.',
    params: z.strictObject({ id }),
    query: z.strictObject({
      hashes: wish.describe('Also tells each event’s place in the chain of hashes, to compare with a proof.'),
      ...past,
      ...paging,
      ...after,
    }),
    answer: page(historyLine),
    problems: ['deal-absent', 'view-behind'],
  }),
} as const;
