import { z } from 'zod';
import { contactKinds, customerClasses, instantOut, money, parts } from '../shapes.ts';

/** Shapes that the published events share. Open on purpose: a field may be added within one version. */
export const id = z.string();
export const owner = z.string().nullable();
export const text = z.string();
export const conversion = z.looseObject({ original: money, rate: z.string() });
export const override = z.looseObject({ reason: text });
export const amount = { amount: money, conversion: conversion.optional() };
export const date = z.iso.date();
export const instant = instantOut;
export const weight = z.number().min(0).max(1);

export const customer = z.looseObject({
  name: text,
  class: z.enum(customerClasses).optional(),
  region: text.optional(),
  industry: text.optional(),
});
export const contactKind = z.enum(contactKinds);
export const nextStep = z.looseObject({
  action: text,
  dueAt: instant.nullable(),
  place: text.optional(),
  people: z.array(text).optional(),
  purpose: text.optional(),
  content: text.optional(),
});

const stage = z.looseObject({
  key: id,
  label: text,
  weight,
  part: z.enum(parts),
  maxDwellDays: z.number().nullable(),
  dwellIn: z.enum(['calendar-days', 'business-days']),
  conversionTarget: z.number().nullable(),
  exitCriteria: z.array(z.looseObject({ key: id, label: text })),
  ownerLocked: z.boolean(),
  handover: z.enum(['visit', 'phone', 'mail']).nullable(),
});
export const funnel = z.looseObject({
  funnelId: id,
  label: text,
  currency: text,
  nextStepRule: z.boolean(),
  nextStepGraceDays: z.number(),
  stages: z.array(stage),
});
const score = z.number().nullable();
const scores = z.looseObject({ brier: score, wape: score, bias: score });
/** A calibration that was adopted, with everything needed to repeat and to judge it. */
export const calibrationEvidence = z.looseObject({
  kind: z.literal('calibration'),
  digest: text,
  asOfPosition: text,
  knownAt: instant.nullable(),
  basis: z.enum(['count', 'amount']),
  splitAt: instant,
  horizonDays: z.int().nullable(),
  learntOn: z.array(instant),
  judgedOn: z.array(instant),
  least: z.int().describe('Stages in which fewer deals were counted kept their weight.'),
  stages: z.array(
    z.looseObject({
      stage: id,
      before: weight,
      after: weight,
      count: z.int(),
      wins: z.int(),
      byCount: weight.nullable(),
      byAmount: weight.nullable(),
      interval: z.looseObject({ low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  scores: z.looseObject({ before: scores, after: scores }),
});
export const quota = z.looseObject({
  subject: id,
  year: z.int(),
  amount: money,
  shares: z.array(z.number()).optional(),
});
export const alert = z.looseObject({
  alertId: id,
  kind: text,
  dealId: id,
  title: text,
  funnelId: id,
  stage: id,
  part: z.enum(parts),
  stageEntry: z.int(),
  ownerId: owner,
  since: instant,
  dueAt: instant,
  limitDays: z.number(),
  questions: z.array(text),
});
export const signedRoot = z.looseObject({
  number: z.int(),
  at: instant,
  position: text,
  streams: z.int(),
  tree: text,
  changed: z.int(),
  changes: text,
  previous: text,
  key: text,
  signature: text,
});
