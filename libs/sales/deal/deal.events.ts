import { event, type EventOf } from '@funnel/kernel';
import { z } from 'zod';
import { conversion, date, id, instant, money, override, text, weight } from '../shapes.ts';

const dealId = id;
const stage = id;
const owner = id.nullable();
/** In the funnel's currency; `conversion` says what was meant when it was another. */
const amount = { amount: money, conversion: conversion.optional() };

export const customer = z.object({
  name: text,
  class: z.enum(['target', 'potential', 'likely', 'customer', 'vip']).optional(),
  region: text.optional(),
  industry: text.optional(),
});
export type Customer = z.infer<typeof customer>;

export const contactKinds = [
  'visit',
  'call',
  'email',
  'message',
  'meeting',
  'demo',
  'sample',
  'quote',
  'other',
] as const;
export type ContactKind = (typeof contactKinds)[number];

/** What is to be done next. `dueAt` is unknown in some histories; such a step never lapses. */
export const nextStep = z.object({
  action: text,
  dueAt: instant.nullable(),
  place: text.optional(),
  people: z.array(text).max(50).optional(),
  purpose: text.optional(),
  content: text.optional(),
});
export type NextStep = z.infer<typeof nextStep>;

/** Facts about one deal. Keys are stored names: add, never rename, reuse or delete. */
export const dealEvents = {
  ProspectAdded: event(
    z.object({
      dealId,
      title: text,
      customer,
      ...amount,
      funnelId: id,
      stage,
      ownerId: owner,
      expectedClose: date.nullable(),
      source: text.optional(),
    }),
  ),
  DealValued: event(
    z.object({ dealId, amount: money.optional(), conversion: conversion.optional(), expectedClose: date.nullish() }),
  ),
  StageAdvanced: event(
    z.object({ dealId, from: stage, to: stage, reason: text.optional(), override: override.optional() }),
  ),
  StageRegressed: event(z.object({ dealId, from: stage, to: stage, reason: text.optional() })),
  CriterionMet: event(z.object({ dealId, criterion: id })),
  CriterionWithdrawn: event(z.object({ dealId, criterion: id })),
  NextStepSet: event(z.object({ dealId, step: nextStep })),
  NextStepCompleted: event(z.object({ dealId, outcome: text.optional() })),
  OwnerReassigned: event(z.object({ dealId, from: owner, to: owner, reason: text, override: override.optional() })),
  ContactLogged: event(
    z.object({ dealId, kind: z.enum(contactKinds), note: text.optional(), people: z.array(text).max(50).optional() }),
  ),
  WeightOverridden: event(z.object({ dealId, weight, reason: text })),
  WeightOverrideCleared: event(z.object({ dealId })),
  /** `amount` is what was really sold; it replaces the amount of the deal. */
  DealWon: event(z.object({ dealId, stage, ...amount })),
  DealLost: event(z.object({ dealId, stage, reason: text, competitor: text.optional() })),
  DealReopened: event(z.object({ dealId, stage, reason: text })),
} as const;
export type DealEvent = EventOf<typeof dealEvents>;

export const dealStream = (dealId: string): string => `deal-${dealId}`;
