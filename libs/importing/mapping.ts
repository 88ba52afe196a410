import { isCurrency, isTimeZone } from '@funnel/kernel';
import { contactKinds, stage } from '@funnel/sales';
import { z } from 'zod';

/** Which column of the file plays which part. `deal`, `time` and `activity` are needed. */
const columns = z.strictObject({
  deal: z.string(),
  time: z.string(),
  activity: z.string(),
  lifecycle: z.string().optional(),
  owner: z.string().optional(),
  amount: z.string().optional(),
  title: z.string().optional(),
  customer: z.string().optional(),
  region: z.string().optional(),
  industry: z.string().optional(),
  expectedClose: z.string().optional(),
});
export type ColumnRole = keyof z.infer<typeof columns>;

/** What a row must look like for a rule to hold: a pattern (`A_*`) per column role. */
const when = z.partialRecord(columns.keyof(), z.string());
const text = z.string().min(1);
const rule = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({ when, event: z.literal(name), ...shape });
/** `first`: only the first such row of a deal counts. */
const first = z.boolean().default(false);

const rules = z.discriminatedUnion('event', [
  rule('ProspectAdded', { stage: text }),
  rule('StageAdvanced', { to: text, first }),
  rule('StageRegressed', { to: text, reason: text.optional() }),
  rule('NextStepSet', { action: text.optional() }),
  rule('NextStepCompleted', {}),
  rule('ContactLogged', { kind: z.enum(contactKinds), note: text.optional() }),
  rule('DealWon', {}),
  rule('DealLost', { reason: text }),
  rule('DealReopened', { reason: text }),
]);
export type MappingRule = z.infer<typeof rules>;

const currency = z.string().refine(isCurrency, 'expected an ISO 4217 currency code such as "EUR"');
const funnel = z.strictObject({
  id: text,
  label: text,
  nextStepRule: z.boolean().default(false),
  nextStepGraceDays: z.number().min(0).max(365).default(3),
  stages: z.array(stage.strict()).min(1),
});

/** How the rows of an event log become the events of a funnel. */
export const mapping = z
  .strictObject({
    format: z.literal('event-log'),
    columns,
    currency,
    /** Zone of times that carry no offset. */
    timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone such as "Europe/Amsterdam"'),
    funnel,
    /** Rows whose activity matches `on` name the owner; those in `ignore` are nobody. */
    owners: z.strictObject({ on: z.array(text), ignore: z.array(z.string()).default([]) }).optional(),
    events: z.array(rules).min(1),
  })
  .superRefine(({ funnel: { stages }, events, columns: named }, context) => {
    const keys = new Set(stages.map(({ key }) => key));
    events.forEach((each, index) => {
      const target = 'stage' in each ? each.stage : 'to' in each ? each.to : undefined;
      if (target !== undefined && !keys.has(target)) {
        const expected = [...keys].join(', ');
        context.addIssue({
          code: 'custom',
          path: ['events', index],
          message: `unknown stage "${target}"; expected one of ${expected}`,
        });
      }
      for (const role of Object.keys(each.when) as ColumnRole[]) {
        if (named[role]) continue;
        context.addIssue({
          code: 'custom',
          path: ['events', index, 'when', role],
          message: `"columns" names no column for "${role}"`,
        });
      }
    });
  });
export type Mapping = z.infer<typeof mapping>;

/** Columns that the mapping names and the file's header lacks. */
export const missingColumns = (
  { columns: named }: Mapping,
  header: readonly string[],
): { role: string; column: string }[] =>
  Object.entries(named).flatMap(([role, column]) => (column && !header.includes(column) ? [{ role, column }] : []));
