import { z } from 'zod';
import * as shape from './event-shapes.ts';

const { amount, conversion, date, id, override, owner, text } = shape;

/** A published event: its version and the shape of its `data`. */
export interface PublicEvent {
  /** Raised when a field is taken away or changes its meaning; the schema of every version stays served. */
  readonly version: number;
  readonly schema: z.ZodObject;
}
const published = (schema: z.ZodObject, version = 1): PublicEvent => ({ version, schema });
const ofDeal = (fields: z.ZodRawShape) => published(z.looseObject({ dealId: id, ...fields }));

/** What other systems may rely on, by the name of the event. The stored shape may change without this one. */
export const publicEvents: Readonly<Record<string, PublicEvent>> = {
  ProspectAdded: ofDeal({
    title: text,
    customer: shape.customer,
    ...amount,
    funnelId: id,
    stage: id,
    ownerId: owner,
    expectedClose: date.nullable(),
    source: text.optional(),
  }),
  DealValued: ofDeal({
    amount: amount.amount.optional(),
    conversion: conversion.optional(),
    expectedClose: date.nullish(),
  }),
  StageAdvanced: ofDeal({ from: id, to: id, reason: text.optional(), override: override.optional() }),
  StageRegressed: ofDeal({ from: id, to: id, reason: text.optional() }),
  CriterionMet: ofDeal({ criterion: id }),
  CriterionWithdrawn: ofDeal({ criterion: id }),
  NextStepSet: ofDeal({ step: shape.nextStep }),
  NextStepCompleted: ofDeal({ outcome: text.optional() }),
  OwnerReassigned: ofDeal({ from: owner, to: owner, reason: text, override: override.optional() }),
  ContactLogged: ofDeal({ kind: shape.contactKind, note: text.optional(), people: z.array(text).optional() }),
  WeightOverridden: ofDeal({ weight: shape.weight, reason: text }),
  WeightOverrideCleared: ofDeal({}),
  DealWon: ofDeal({ stage: id, ...amount }),
  DealLost: ofDeal({ stage: id, reason: text, competitor: text.optional() }),
  DealReopened: ofDeal({ stage: id, reason: text }),
  FunnelDefined: published(shape.funnel),
  FunnelRevised: published(
    shape.funnel.extend({ reason: text.optional(), evidence: shape.calibrationEvidence.optional() }),
  ),
  QuotaSet: published(shape.quota),
  QuotaRevised: published(shape.quota.extend({ reason: text.optional() })),
  RepJoined: published(z.looseObject({ repId: id, name: text, teamId: owner, email: text.optional() })),
  RepMoved: published(z.looseObject({ repId: id, from: owner, to: owner })),
  TeamDefined: published(z.looseObject({ teamId: id, name: text, leaderId: id.optional() })),
  AlertRaised: published(shape.alert),
  AlertAcknowledged: published(z.looseObject({ alertId: id, note: text.optional() })),
  AlertResolved: published(z.looseObject({ alertId: id, because: text })),
  /** What was in the log at one moment, signed. */
  RootSigned: published(shape.signedRoot),
  /** Stands for a stored event that this version of the product cannot read. */
  Unreadable: published(z.looseObject({ type: text, version: z.int(), reason: text })),
};

/** Where the JSON Schema of an event's data is served. */
export const schemaPath = (type: string, version: number): string => `/api/schemas/${type}/${version}`;

/** The JSON Schema of one version of an event's data, named by where it is served; `undefined` where there is none. */
export const eventSchema = (type: string, version: number, publicUrl: string): Record<string, unknown> | undefined => {
  const known = Object.hasOwn(publicEvents, type) ? publicEvents[type] : undefined;
  if (known?.version !== version) return undefined;
  const schema = z.toJSONSchema(known.schema, { target: 'draft-2020-12' });
  return { ...schema, $id: publicUrl + schemaPath(type, version), title: type };
};
