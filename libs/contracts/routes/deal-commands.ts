import { z } from 'zod';
import { amount, contactKinds, customerClasses, date, id, instant, occurredAt, rate, text, weight } from '../shapes.ts';
import { route, sellers } from '../route.ts';
import { done, override } from './command.ts';

const dealParams = z.strictObject({ id });
const money = { amount: amount.optional(), rate: rate.optional() };
const people = z.array(text).max(50, 'at most 50 people').optional();

const wrongAmount = ['amount-negative', 'amount-too-large', 'currency-mismatch'] as const;
const wrongTime = ['occurred-in-future', 'occurred-before-added', 'occurred-before-latest-change'] as const;
const ofAnyDeal = ['deal-absent', ...wrongTime] as const;
const ofOpenDeal = [...ofAnyDeal, 'deal-not-open', 'occurred-while-closed'] as const;

/** What all commands about one deal have in common. */
const command = { tag: 'deals', roles: sellers, answer: done, command: true, params: dealParams, status: 200 } as const;

export const dealCommands = {
  createDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals',
    summary: 'Adds a prospect to a funnel.',
    description:
      'Without `stage` it begins in the first one; without `ownerId` it belongs to the rep who adds it, else to nobody. ' +
      "An amount in another currency than the funnel's needs `rate`.",
    params: undefined,
    status: 201,
    body: z.strictObject({
      id: id.optional(),
      title: text,
      customer: z.strictObject({
        name: text,
        class: z.enum(customerClasses).optional(),
        region: text.optional(),
        industry: text.optional(),
      }),
      amount,
      rate: rate.optional(),
      funnelId: id,
      stage: id.optional(),
      ownerId: id.nullish(),
      expectedClose: date.nullish(),
      source: text.optional(),
      ...occurredAt,
    }),
    problems: ['deal-exists', 'funnel-unknown', 'stage-unknown', 'occurred-in-future', ...wrongAmount],
  }),
  advanceDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/advance',
    summary: 'Moves a deal forwards; the exit criteria of the stage it leaves must be met.',
    body: z.strictObject({ to: id, reason: text.optional(), override: override.optional(), ...occurredAt }),
    problems: [...ofOpenDeal, 'stage-unknown', 'stage-not-ahead', 'criteria-unmet', 'override-not-permitted'],
  }),
  regressDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/regress',
    summary: 'Moves a deal backwards.',
    body: z.strictObject({ to: id, reason: text.optional(), override: override.optional(), ...occurredAt }),
    problems: [...ofOpenDeal, 'stage-unknown', 'stage-not-behind'],
  }),
  valueDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/value',
    summary: 'Says anew what a deal is worth, when it is expected to close, or both.',
    body: z.strictObject({ ...money, expectedClose: date.nullish(), ...occurredAt }),
    problems: [...ofOpenDeal, ...wrongAmount],
  }),
  meetCriterion: route({
    ...command,
    method: 'PUT',
    path: '/api/deals/:id/criteria/:key',
    summary: 'Records that an exit criterion is met.',
    params: z.strictObject({ id, key: id }),
    body: z.strictObject(occurredAt),
    problems: [...ofOpenDeal, 'criterion-unknown'],
  }),
  withdrawCriterion: route({
    ...command,
    method: 'DELETE',
    path: '/api/deals/:id/criteria/:key',
    summary: 'Records that a criterion is not met after all.',
    params: z.strictObject({ id, key: id }),
    body: z.strictObject(occurredAt),
    problems: [...ofOpenDeal, 'criterion-unknown'],
  }),
  setNextStep: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/next-step',
    summary: 'Plans the next step; it takes the place of the one before.',
    body: z.strictObject({
      action: text,
      dueAt: instant,
      place: text.optional(),
      people,
      purpose: text.optional(),
      content: text.optional(),
      ...occurredAt,
    }),
    problems: [...ofAnyDeal, 'next-step-due-in-past'],
  }),
  completeNextStep: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/next-step/complete',
    summary: 'Records that the next step is done.',
    body: z.strictObject({ outcome: text.optional(), ...occurredAt }),
    problems: [...ofAnyDeal, 'no-open-next-step'],
  }),
  reassignDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/owner',
    summary: 'Gives a deal to another rep, or to nobody (null).',
    body: z.strictObject({ ownerId: id.nullable(), reason: text, override: override.optional(), ...occurredAt }),
    problems: [...ofOpenDeal, 'owner-locked', 'override-not-permitted'],
  }),
  logContact: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/contacts',
    summary: 'Records a contact with the customer.',
    body: z.strictObject({ kind: z.enum(contactKinds), note: text.optional(), people, ...occurredAt }),
    problems: ofAnyDeal,
  }),
  overrideWeight: route({
    ...command,
    method: 'PUT',
    path: '/api/deals/:id/weight',
    summary: "Sets a win probability for this deal that counts instead of its stage's.",
    body: z.strictObject({ weight, reason: text, ...occurredAt }),
    problems: ofOpenDeal,
  }),
  clearWeight: route({
    ...command,
    method: 'DELETE',
    path: '/api/deals/:id/weight',
    summary: "Lets the stage's weight count again.",
    body: z.strictObject(occurredAt),
    problems: ofOpenDeal,
  }),
  winDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/win',
    summary: 'Closes a deal as won; `amount` is what was really sold.',
    body: z.strictObject({ ...money, ...occurredAt }),
    problems: [...ofOpenDeal, ...wrongAmount],
  }),
  loseDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/lose',
    summary: 'Closes a deal as lost.',
    body: z.strictObject({ reason: text, competitor: text.optional(), ...occurredAt }),
    problems: ofOpenDeal,
  }),
  reopenDeal: route({
    ...command,
    method: 'POST',
    path: '/api/deals/:id/reopen',
    summary: 'Opens a closed deal again, in the stage where it was closed.',
    body: z.strictObject({ reason: text, ...occurredAt }),
    problems: [...ofAnyDeal, 'deal-not-closed'],
  }),
} as const;
