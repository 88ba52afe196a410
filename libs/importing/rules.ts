import { contactKinds } from '@funnel/sales';
import { z } from 'zod';
import { role } from './roles.ts';

/** What a row must look like for a rule to hold: a pattern (`A_*`) per part. */
const when = z.partialRecord(role, z.string());
const text = z.string().min(1);
const rule = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ when, event: z.literal(name), ...shape });
/** `first`: only the first such row of a deal counts. */
const first = z.boolean().default(false);

/** For files whose rows tell what happened. */
export const eventRule = z.discriminatedUnion('event', [
  rule('ProspectAdded', { stage: text }),
  rule('StageAdvanced', { to: text, first }),
  rule('StageRegressed', { to: text, reason: text.optional() }),
  /** The deal belongs to whom the row names from then on, to nobody where it names nobody. */
  rule('OwnerReassigned', {}),
  rule('NextStepSet', { action: text.optional() }),
  rule('NextStepCompleted', {}),
  rule('ContactLogged', { kind: z.enum(contactKinds), note: text.optional() }),
  rule('DealWon', {}),
  rule('DealLost', { reason: text }),
  rule('DealReopened', { reason: text }),
  /** The event that the product once told: `activity` is its type, `data` all that it says. */
  rule('Recorded', {}),
]);
export type EventRule = z.infer<typeof eventRule>;

/**
 * For files whose rows tell how a deal stands from then on. What happened follows from how it stood before. `added`: it
 * is there, wherever it stands; a new one stands at the funnel's first stage.
 */
export const stateRule = z.discriminatedUnion('is', [
  z.strictObject({ when, is: z.literal('added') }),
  z.strictObject({ when, is: z.literal('open'), stage: text }),
  z.strictObject({ when, is: z.literal('won') }),
  z.strictObject({ when, is: z.literal('lost'), reason: text.default('not said') }),
]);
export type StateRule = z.infer<typeof stateRule>;

/** The stage that a rule names, if it names one. */
export const stageOf = (rule: EventRule | StateRule): string | undefined =>
  'stage' in rule ? rule.stage : 'to' in rule ? rule.to : undefined;
